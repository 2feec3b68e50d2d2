#pragma once
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/store.h>
#include <openssl/ui.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/* Macros of OpenSSL, as functions that Swift can call. */

static inline void bridge_OPENSSL_free(void *pointer) { OPENSSL_free(pointer); }

static inline long bridge_BIO_get_mem_data(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }

static inline int bridge_EVP_CIPHER_CTX_set_gcm_tag(EVP_CIPHER_CTX *context, void *tag, int length) {
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, length, tag);
}

static inline int bridge_EVP_CIPHER_CTX_get_gcm_tag(EVP_CIPHER_CTX *context, void *tag, int length) {
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, length, tag);
}

static inline int bridge_ERR_GET_REASON(unsigned long error) { return ERR_GET_REASON(error); }

static inline int bridge_ERR_GET_LIB(unsigned long error) { return ERR_GET_LIB(error); }

static inline int bridge_EVP_PKEY_PUBLIC_KEY(void) { return EVP_PKEY_PUBLIC_KEY; }

/* The builder keeps the names by pointer, so they have to be literals: Swift's are gone after the call. */
static inline int bridge_OSSL_PARAM_BLD_push_RSA(OSSL_PARAM_BLD *builder, const BIGNUM *modulus, const BIGNUM *exponent) {
    return OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, modulus) == 1
        && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, exponent) == 1;
}

static inline long bridge_BIO_pending(BIO *bio) { return (long)BIO_ctrl_pending(bio); }

static inline int bridge_BIO_reset(BIO *bio) { return (int)BIO_reset(bio); }
