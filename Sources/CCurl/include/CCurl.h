// What can't be had of libcurl from Swift: functions that take a variable number of arguments, and the callbacks of a
// transfer. Transfers of one desk share its connections, and are all driven by whoever calls ccurl_wait and ccurl_next.

#ifndef CCURL_H
#define CCURL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ccurl_desk ccurl_desk;

// Whether an address may be connected to: 4 or 16 bytes in network order. It is asked for each address before a socket for
// it is made, and once more before a request goes out, over a connection that is used again, too.
typedef bool (*ccurl_admits)(void *context, bool is_encrypted, const uint8_t *address, size_t length);

// What is sent: a POST, or a GET, which has no body.
typedef struct {
    uint64_t id;
    const char *url;
    // The Unix socket that it goes to, whatever the URL's host; NULL for the host.
    const char *socket_path;
    bool is_get;
    bool is_encrypted;
    // Lines of the head, without line breaks.
    const char *const *fields;
    size_t field_count;
    const uint8_t *body;
    size_t body_length;
    long connect_milliseconds;
    long milliseconds;
    // How many bytes of the answer's body are kept, at most CCURL_MOST_KEPT.
    size_t kept;
    // How many bytes of its head, and of its body, are read at all.
    size_t longest;
} ccurl_request;

#define CCURL_MOST_KEPT 4096

// What came of a transfer. Without an answer `status` is 0.
typedef struct {
    uint64_t id;
    long status;
    // Seconds of a Retry-After, be it sent as a date; 0 without one.
    int64_t retry_after;
    // A code of libcurl's, and whether an address was not admitted.
    int code;
    bool was_refused;
    int64_t milliseconds;
    size_t kept_length;
    uint8_t kept[CCURL_MOST_KEPT];
} ccurl_outcome;

// What a code of libcurl's means, as far as it is told apart.
typedef enum {
    CCURL_OTHER,
    CCURL_UNRESOLVED,
    CCURL_NOT_CONNECTED,
    CCURL_TIMED_OUT,
    CCURL_NOT_TRUSTED,
    CCURL_BROKEN_OFF,
} ccurl_failure;

ccurl_failure ccurl_failure_of(int code);

// A desk with so many transfers at once; NULL when there is no memory for one.
ccurl_desk *ccurl_open(long most, ccurl_admits admits, void *context);

// Ends it with all its transfers, without waiting for lookups of names.
void ccurl_close(ccurl_desk *desk);

// Begins a transfer; false when there is no memory for it.
bool ccurl_start(ccurl_desk *desk, const ccurl_request *request);

// Waits until a transfer can go on, ccurl_wake is called, or the time is over.
void ccurl_wait(ccurl_desk *desk, int milliseconds);

// Ends a wait; from any thread.
void ccurl_wake(ccurl_desk *desk);

// Drives all transfers, and takes one that is done: false when none is.
bool ccurl_next(ccurl_desk *desk, ccurl_outcome *outcome);

#endif
