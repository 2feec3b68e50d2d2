#pragma once
#include <curl/curl.h>
#include <dlfcn.h>
#include <stddef.h>

/* libcurl is not linked but opened when it is first needed (Docs/ADR/0006-libcurl-opened-on-demand.md). These are the
   functions that are used of it, with the types of its header. */
struct ccurl {
    __typeof__(&curl_global_init) global_init;
    __typeof__(&curl_version_info) version_info;
    __typeof__(&curl_slist_append) slist_append;
    __typeof__(&curl_slist_free_all) slist_free_all;
    __typeof__(&curl_share_init) share_init;
    __typeof__(&curl_share_setopt) share_setopt;
    __typeof__(&curl_share_cleanup) share_cleanup;
    __typeof__(&curl_easy_init) easy_init;
    __typeof__(&curl_easy_setopt) easy_setopt;
    __typeof__(&curl_easy_getinfo) easy_getinfo;
    __typeof__(&curl_easy_strerror) easy_strerror;
    __typeof__(&curl_easy_cleanup) easy_cleanup;
    __typeof__(&curl_multi_init) multi_init;
    __typeof__(&curl_multi_setopt) multi_setopt;
    __typeof__(&curl_multi_add_handle) multi_add_handle;
    __typeof__(&curl_multi_remove_handle) multi_remove_handle;
    __typeof__(&curl_multi_socket_action) multi_socket_action;
    __typeof__(&curl_multi_info_read) multi_info_read;
    __typeof__(&curl_multi_strerror) multi_strerror;
    __typeof__(&curl_multi_cleanup) multi_cleanup;
};

/* Opens libcurl and finds its functions; it stays open. Returns null, or what is wrong, valid until the next call. */
static inline const char *ccurl_open(struct ccurl *curl) {
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) return dlerror();
#define CCURL_FIND(function) \
    if (!(curl->function = (__typeof__(curl->function))dlsym(library, "curl_" #function))) return dlerror();
    CCURL_FIND(global_init)
    CCURL_FIND(version_info)
    CCURL_FIND(slist_append)
    CCURL_FIND(slist_free_all)
    CCURL_FIND(share_init)
    CCURL_FIND(share_setopt)
    CCURL_FIND(share_cleanup)
    CCURL_FIND(easy_init)
    CCURL_FIND(easy_setopt)
    CCURL_FIND(easy_getinfo)
    CCURL_FIND(easy_strerror)
    CCURL_FIND(easy_cleanup)
    CCURL_FIND(multi_init)
    CCURL_FIND(multi_setopt)
    CCURL_FIND(multi_add_handle)
    CCURL_FIND(multi_remove_handle)
    CCURL_FIND(multi_socket_action)
    CCURL_FIND(multi_info_read)
    CCURL_FIND(multi_strerror)
    CCURL_FIND(multi_cleanup)
#undef CCURL_FIND
    return NULL;
}

/* The variadic functions, one for each type that is passed. */

static inline CURLcode ccurl_set_long(const struct ccurl *curl, CURL *easy, CURLoption option, long value) {
    return curl->easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_size(const struct ccurl *curl, CURL *easy, CURLoption option, curl_off_t value) {
    return curl->easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_text(const struct ccurl *curl, CURL *easy, CURLoption option, const char *value) {
    return curl->easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_pointer(const struct ccurl *curl, CURL *easy, CURLoption option, void *value) {
    return curl->easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_data_function(
    const struct ccurl *curl, CURL *easy, CURLoption option, curl_write_callback value) {
    return curl->easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_socket_opener(
    const struct ccurl *curl, CURL *easy, curl_opensocket_callback value) {
    return curl->easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, value);
}

static inline CURLcode ccurl_get_long(const struct ccurl *curl, CURL *easy, CURLINFO info, long *value) {
    return curl->easy_getinfo(easy, info, value);
}

static inline CURLcode ccurl_get_size(const struct ccurl *curl, CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl->easy_getinfo(easy, info, value);
}

static inline CURLMcode ccurl_multi_set_long(const struct ccurl *curl, CURLM *multi, CURLMoption option, long value) {
    return curl->multi_setopt(multi, option, value);
}

static inline CURLMcode ccurl_multi_set_callbacks(
    const struct ccurl *curl, CURLM *multi, curl_socket_callback on_socket, curl_multi_timer_callback on_timer,
    void *context) {
    CURLMcode code = curl->multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    if (code == CURLM_OK) code = curl->multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    if (code == CURLM_OK) code = curl->multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
    if (code == CURLM_OK) code = curl->multi_setopt(multi, CURLMOPT_TIMERDATA, context);
    return code;
}

static inline CURLSHcode ccurl_share_sessions(const struct ccurl *curl, CURLSH *share) {
    return curl->share_setopt(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
}
