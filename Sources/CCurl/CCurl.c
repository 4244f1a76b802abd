#define _GNU_SOURCE
#include "CCurl.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct transfer {
    struct transfer *next;
    ccurl_desk *desk;
    CURL *easy;
    struct curl_slist *fields;
    uint64_t id;
    bool is_encrypted;
    bool is_local;
    bool was_refused;
    long status;
    size_t head_length;
    size_t body_length;
    size_t longest;
    size_t most_kept;
    size_t kept_length;
    uint8_t kept[CCURL_MOST_KEPT];
};

struct ccurl_desk {
    CURLM *multi;
    // Those under way.
    struct transfer *first;
    ccurl_admits admits;
    void *context;
};

static bool admits(struct transfer *transfer, const void *address, size_t length) {
    ccurl_desk *desk = transfer->desk;
    if (desk->admits(desk->context, transfer->is_encrypted, address, length)) return true;
    transfer->was_refused = true;
    return false;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    struct transfer *transfer = context;
    bool is_admitted = false;
    if (purpose == CURLSOCKTYPE_IPCXN && address->family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, &address->addr, sizeof v4);
        is_admitted = admits(transfer, &v4.sin_addr, 4);
    } else if (purpose == CURLSOCKTYPE_IPCXN && address->family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, &address->addr, sizeof v6);
        is_admitted = admits(transfer, &v6.sin6_addr, 16);
    } else if (purpose == CURLSOCKTYPE_IPCXN && address->family == AF_UNIX && transfer->is_local) {
        is_admitted = true;
    } else {
        transfer->was_refused = true;
    }
    if (!is_admitted) return CURL_SOCKET_BAD;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static int before_request(void *context, char *peer, char *local, int peer_port, int local_port) {
    (void)local;
    (void)peer_port;
    (void)local_port;
    struct transfer *transfer = context;
    if (transfer->is_local) return CURL_PREREQFUNC_OK;
    uint8_t address[16];
    if (inet_pton(AF_INET, peer, address) == 1) {
        return admits(transfer, address, 4) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
    }
    if (inet_pton(AF_INET6, peer, address) == 1) {
        return admits(transfer, address, 16) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
    }
    transfer->was_refused = true;
    return CURL_PREREQFUNC_ABORT;
}

// An answer has come when its head has ended; one of 1xx is none yet.
static size_t take_line(char *line, size_t size, size_t count, void *context) {
    struct transfer *transfer = context;
    size_t length = size * count;
    transfer->head_length += length;
    if (transfer->head_length > transfer->longest) return 0;
    if (transfer->status == 0 && length <= 2 && (line[0] == '\r' || line[0] == '\n')) {
        long status = 0;
        curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
        if (status >= 200) transfer->status = status;
    }
    return length;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context) {
    struct transfer *transfer = context;
    size_t length = size * count;
    size_t room = transfer->most_kept - transfer->kept_length;
    size_t taken = length < room ? length : room;
    memcpy(transfer->kept + transfer->kept_length, bytes, taken);
    transfer->kept_length += taken;
    transfer->body_length += length;
    return transfer->body_length > transfer->longest ? 0 : length;
}

static void discard(ccurl_desk *desk, struct transfer *transfer) {
    for (struct transfer **place = &desk->first; *place; place = &(*place)->next) {
        if (*place != transfer) continue;
        *place = transfer->next;
        break;
    }
    if (transfer->easy) {
        curl_multi_remove_handle(desk->multi, transfer->easy);
        curl_easy_cleanup(transfer->easy);
    }
    curl_slist_free_all(transfer->fields);
    free(transfer);
}

ccurl_desk *ccurl_open(long most, ccurl_admits admits, void *context) {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return NULL;
    ccurl_desk *desk = calloc(1, sizeof *desk);
    if (!desk) return NULL;
    desk->multi = curl_multi_init();
    if (!desk->multi) {
        free(desk);
        return NULL;
    }
    desk->admits = admits;
    desk->context = context;
    curl_multi_setopt(desk->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, most);
    curl_multi_setopt(desk->multi, CURLMOPT_MAXCONNECTS, most);
    curl_multi_setopt(desk->multi, CURLMOPT_PIPELINING, CURLPIPE_NOTHING);
    return desk;
}

void ccurl_close(ccurl_desk *desk) {
    while (desk->first) discard(desk, desk->first);
    curl_multi_cleanup(desk->multi);
    free(desk);
}

bool ccurl_start(ccurl_desk *desk, const ccurl_request *request) {
    struct transfer *transfer = calloc(1, sizeof *transfer);
    if (!transfer) return false;
    transfer->desk = desk;
    transfer->id = request->id;
    transfer->is_encrypted = request->is_encrypted;
    transfer->is_local = request->socket_path != NULL;
    transfer->longest = request->longest;
    transfer->most_kept = request->kept < CCURL_MOST_KEPT ? request->kept : CCURL_MOST_KEPT;
    transfer->next = desk->first;
    desk->first = transfer;
    CURL *easy = transfer->easy = curl_easy_init();
    bool is_set = easy != NULL;
    for (size_t index = 0; is_set && index < request->field_count; index++) {
        struct curl_slist *fields = curl_slist_append(transfer->fields, request->fields[index]);
        is_set = fields != NULL;
        if (fields) transfer->fields = fields;
    }
#define SET(option, value) is_set = is_set && curl_easy_setopt(easy, option, value) == CURLE_OK
    SET(CURLOPT_PRIVATE, transfer);
    SET(CURLOPT_URL, request->url);
    if (request->socket_path) SET(CURLOPT_UNIX_SOCKET_PATH, request->socket_path);
    // Nothing but what the address says, to whom it says: no other protocol, no redirect, no proxy and no .netrc of the
    // environment, and no signals, as there are other threads.
    SET(CURLOPT_PROTOCOLS_STR, request->is_encrypted ? "https" : "http");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_NOPROXY, "*");
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_QUICK_EXIT, 1L);
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(CURLOPT_HTTPHEADER, transfer->fields);
    if (request->is_get) {
        SET(CURLOPT_HTTPGET, 1L);
    } else {
        SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length);
        SET(CURLOPT_COPYPOSTFIELDS, request->body);
    }
    SET(CURLOPT_CONNECTTIMEOUT_MS, request->connect_milliseconds);
    SET(CURLOPT_TIMEOUT_MS, request->milliseconds);
    SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    SET(CURLOPT_OPENSOCKETDATA, transfer);
    SET(CURLOPT_PREREQFUNCTION, before_request);
    SET(CURLOPT_PREREQDATA, transfer);
    SET(CURLOPT_HEADERFUNCTION, take_line);
    SET(CURLOPT_HEADERDATA, transfer);
    SET(CURLOPT_WRITEFUNCTION, take_body);
    SET(CURLOPT_WRITEDATA, transfer);
#undef SET
    if (is_set && curl_multi_add_handle(desk->multi, easy) == CURLM_OK) return true;
    discard(desk, transfer);
    return false;
}

void ccurl_wait(ccurl_desk *desk, int milliseconds) {
    curl_multi_poll(desk->multi, NULL, 0, milliseconds, NULL);
}

void ccurl_wake(ccurl_desk *desk) {
    curl_multi_wakeup(desk->multi);
}

bool ccurl_next(ccurl_desk *desk, ccurl_outcome *outcome) {
    int running = 0;
    curl_multi_perform(desk->multi, &running);
    int waiting = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(desk->multi, &waiting))) {
        if (message->msg != CURLMSG_DONE) continue;
        struct transfer *transfer = NULL;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        curl_off_t retry_after = 0;
        curl_off_t microseconds = 0;
        curl_easy_getinfo(message->easy_handle, CURLINFO_RETRY_AFTER, &retry_after);
        curl_easy_getinfo(message->easy_handle, CURLINFO_TOTAL_TIME_T, &microseconds);
        outcome->id = transfer->id;
        outcome->status = transfer->status;
        outcome->retry_after = retry_after;
        outcome->code = message->data.result;
        // One address of several may have been refused, and another one silent.
        outcome->was_refused = transfer->was_refused
            && (outcome->code == CURLE_COULDNT_CONNECT || outcome->code == CURLE_ABORTED_BY_CALLBACK);
        outcome->milliseconds = microseconds / 1000;
        outcome->kept_length = transfer->kept_length;
        memcpy(outcome->kept, transfer->kept, transfer->kept_length);
        discard(desk, transfer);
        return true;
    }
    return false;
}

ccurl_failure ccurl_failure_of(int code) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return CCURL_UNRESOLVED;
    case CURLE_COULDNT_CONNECT: return CCURL_NOT_CONNECTED;
    case CURLE_OPERATION_TIMEDOUT: return CCURL_TIMED_OUT;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM: return CCURL_NOT_TRUSTED;
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE: return CCURL_BROKEN_OFF;
    default: return CCURL_OTHER;
    }
}
