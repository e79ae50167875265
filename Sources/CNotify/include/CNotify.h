#pragma once
#include <stdint.h>

// sd_notify(3) without pointers in its interface, so that Swift can call it without `unsafe`:
// a message is given byte by byte and then sent to $NOTIFY_SOCKET. One thread at a time.

/// Bytes of a message at most; more are dropped.
enum { CNOTIFY_BYTES_MAX = 4096 };

void cnotify_begin(void);
void cnotify_append(uint8_t byte);

/// Sends what was appended: 1 when sent, 0 when nobody listens, −1 on an error.
int cnotify_send(void);

/// Resident memory of this process in bytes; 0 when it can't be read.
int64_t cnotify_resident_bytes(void);
