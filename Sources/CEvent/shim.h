#pragma once
/* First: event-config.h defines _GNU_SOURCE, which would change system types that Swift's Glibc module has too. */
#include <sys/types.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/bufferevent_ssl.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <event2/listener.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

/* Macros, variadic functions and the TAILQ that Swift cannot import. */

static inline void cevent_name_thread(const char *name) {
    (void)prctl(PR_SET_NAME, name, 0, 0, 0);
}

static inline const struct evkeyval *cevent_first_field(const struct evkeyvalq *fields) {
    return fields->tqh_first;
}

static inline const struct evkeyval *cevent_next_field(const struct evkeyval *field) {
    return field->next.tqe_next;
}

/* TLS 1.2 with forward secrecy and AEAD, or 1.3; no renegotiation; buffers of idle connections are given back. */
static inline void cevent_harden_tls(SSL_CTX *context) {
    (void)SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    (void)SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
    (void)SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    (void)SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
}
