/* Hands on what it hears, and nothing else: how fast a server could be on this machine.
 *
 * One thread, epoll, TLS 1.3 by OpenSSL. It speaks as much IRC as the load generator needs: NICK, USER,
 * JOIN, PING, PRIVMSG. A line goes to all others in its channel; what waits for a peer when the loop
 * comes round is put into records of up to 16 KiB. Nothing is checked, stored or bounded but by the
 * sizes below: it must never listen anywhere but on the loopback network.
 *
 * Usage: fanout PORT CERTIFICATE KEY
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINE = 1024, QUEUE = 1 << 20, CHANNELS = 1024, MEMBERS = 65536, EVENTS = 1024, RECORD = 16384 };

struct peer {
  int fd;
  SSL *tls;
  int accepted;
  int channel; /* -1: in none */
  int dirty;   /* something waits */
  int polled;  /* for room to write */
  size_t in_length, out_length, out_size;
  char nick[64];
  char in[LINE];
  char *out;
};

static struct peer *members[CHANNELS][4096];
static int member_count[CHANNELS];
static char channel_names[CHANNELS][64];
static struct peer *dirty[MEMBERS];
static int dirty_count;
static int poller;

static void poll_for(struct peer *peer, int how, unsigned events) {
  struct epoll_event event = {.events = events, .data.ptr = peer};
  epoll_ctl(poller, how, peer->fd, &event);
}

static void queue(struct peer *peer, const char *bytes, size_t length) {
  if (peer->out_length + length > QUEUE) {
    shutdown(peer->fd, SHUT_RDWR); /* too slow: read will say so */
    return;
  }
  if (peer->out_length + length > peer->out_size) {
    peer->out_size = 2 * (peer->out_length + length) + 1024;
    peer->out = realloc(peer->out, peer->out_size);
    if (!peer->out) {
      abort();
    }
  }
  memcpy(peer->out + peer->out_length, bytes, length);
  peer->out_length += length;
  if (!peer->dirty && dirty_count < MEMBERS) {
    peer->dirty = 1;
    dirty[dirty_count++] = peer;
  }
}

static void flush(struct peer *peer) {
  size_t sent = 0;
  peer->dirty = 0;
  while (sent < peer->out_length) {
    size_t some = peer->out_length - sent;
    int count = SSL_write(peer->tls, peer->out + sent, (int)(some > RECORD ? RECORD : some));
    if (count <= 0) {
      break;
    }
    sent += (size_t)count;
  }
  if (sent > 0) {
    memmove(peer->out, peer->out + sent, peer->out_length - sent);
  }
  peer->out_length -= sent;
  int waits = peer->out_length > 0;
  if (waits != peer->polled) {
    peer->polled = waits;
    poll_for(peer, EPOLL_CTL_MOD, waits ? EPOLLIN | EPOLLOUT : EPOLLIN);
  }
}

static int channel_of(const char *name) {
  for (int i = 0; i < CHANNELS; i++) {
    if (channel_names[i][0] == 0) {
      snprintf(channel_names[i], sizeof channel_names[i], "%s", name);
    }
    if (strcmp(channel_names[i], name) == 0) {
      return i;
    }
  }
  return -1;
}

static void say(struct peer *peer, const char *format, const char *what) {
  char line[2 * LINE];
  int length = snprintf(line, sizeof line, format, peer->nick, what);
  queue(peer, line, (size_t)length);
}

static void line_of(struct peer *peer, char *line) {
  char out[2 * LINE];
  if (strncmp(line, "PRIVMSG ", 8) == 0 && peer->channel >= 0) {
    int length = snprintf(out, sizeof out, ":%s!~%s@127.0.0.1 %s\r\n", peer->nick, peer->nick, line);
    for (int i = 0; i < member_count[peer->channel]; i++) {
      if (members[peer->channel][i] != peer) {
        queue(members[peer->channel][i], out, (size_t)length);
      }
    }
  } else if (strncmp(line, "NICK ", 5) == 0) {
    snprintf(peer->nick, sizeof peer->nick, "%.60s", line + 5);
  } else if (strncmp(line, "USER ", 5) == 0) {
    say(peer, ":limit 001 %s :%s\r\n", "Welcome");
  } else if (strncmp(line, "PING ", 5) == 0) {
    snprintf(out, sizeof out, ":limit PONG limit :%s\r\n", line + 5);
    queue(peer, out, strlen(out));
  } else if (strncmp(line, "JOIN ", 5) == 0) {
    int channel = channel_of(line + 5);
    if (channel >= 0 && member_count[channel] < 4096) {
      peer->channel = channel;
      members[channel][member_count[channel]++] = peer;
      say(peer, ":%s JOIN %s\r\n", line + 5);
    }
  }
}

static void leave(struct peer *peer) {
  if (peer->channel >= 0) {
    int last = --member_count[peer->channel];
    for (int i = 0; i < last; i++) {
      if (members[peer->channel][i] == peer) {
        members[peer->channel][i] = members[peer->channel][last];
      }
    }
  }
  for (int i = 0; i < dirty_count; i++) {
    if (dirty[i] == peer) {
      dirty[i] = dirty[--dirty_count];
    }
  }
  SSL_free(peer->tls);
  close(peer->fd);
  free(peer->out);
  free(peer);
}

/* Whether the peer is still there. */
static int hear(struct peer *peer) {
  for (;;) {
    int count = SSL_read(peer->tls, peer->in + peer->in_length, (int)(LINE - 1 - peer->in_length));
    if (count <= 0) {
      return SSL_get_error(peer->tls, count) == SSL_ERROR_WANT_READ;
    }
    peer->in_length += (size_t)count;
    peer->in[peer->in_length] = 0;
    char *from = peer->in, *end;
    while ((end = strchr(from, '\n'))) {
      *end = 0;
      if (end > from && end[-1] == '\r') {
        end[-1] = 0;
      }
      line_of(peer, from);
      from = end + 1;
    }
    peer->in_length -= (size_t)(from - peer->in);
    memmove(peer->in, from, peer->in_length);
    if (peer->in_length == LINE - 1) {
      return 0;
    }
  }
}

static int ready(struct peer *peer) {
  if (!peer->accepted) {
    int done = SSL_accept(peer->tls);
    if (done != 1) {
      return SSL_get_error(peer->tls, done) == SSL_ERROR_WANT_READ;
    }
    peer->accepted = 1;
  }
  return hear(peer);
}

static void take(int listener, SSL_CTX *tls) {
  int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
  if (fd < 0) {
    return;
  }
  int one = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  struct peer *peer = calloc(1, sizeof *peer);
  if (!peer) {
    abort();
  }
  peer->fd = fd;
  peer->channel = -1;
  peer->tls = SSL_new(tls);
  SSL_set_fd(peer->tls, fd);
  poll_for(peer, EPOLL_CTL_ADD, EPOLLIN);
}

int main(int count, char **words) {
  if (count != 4) {
    fprintf(stderr, "Usage: fanout PORT CERTIFICATE KEY\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
  SSL_CTX_set_min_proto_version(tls, TLS1_3_VERSION);
  SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  if (SSL_CTX_use_certificate_chain_file(tls, words[2]) != 1
      || SSL_CTX_use_PrivateKey_file(tls, words[3], SSL_FILETYPE_PEM) != 1) {
    fprintf(stderr, "fanout: no certificate\n");
    return 1;
  }
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  int one = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(words[1]))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 4096)) {
    perror("fanout");
    return 1;
  }
  poller = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
  static struct epoll_event events[EVENTS];
  for (;;) {
    int some = epoll_wait(poller, events, EVENTS, -1);
    for (int i = 0; i < some; i++) {
      struct peer *peer = events[i].data.ptr;
      if (!peer) {
        take(listener, tls);
      } else if (events[i].events & EPOLLIN && !ready(peer)) {
        leave(peer);
      } else if (events[i].events & EPOLLOUT) {
        queue(peer, "", 0);
      } else if (events[i].events & (EPOLLHUP | EPOLLERR) && !(events[i].events & EPOLLIN)) {
        leave(peer);
      }
    }
    for (int i = 0; i < dirty_count; i++) {
      flush(dirty[i]);
    }
    dirty_count = 0;
  }
}
