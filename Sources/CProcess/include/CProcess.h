#pragma once
#include <stdint.h>

// sd_notify(3) without pointers in its interface, so that Swift can call it without `unsafe`:
// a message is given byte by byte and then sent to $NOTIFY_SOCKET. One thread at a time.

/// Bytes of a message at most; more are dropped.
enum { CPROCESS_BYTES_MAX = 4096 };

void cprocess_begin(void);
void cprocess_append(uint8_t byte);

/// Sends what was appended: 1 when sent, 0 when nobody listens, −1 on an error.
int cprocess_send(void);

/// Puts /dev/null in the place of standard files that are closed. Before any file is opened: it would get
/// their numbers, and what is printed would go there.
void cprocess_open_standard_files(void);

// SIGHUP asks the daemon to read its settings anew, and must not end it before it is able to: `opiniond run`
// handles the signal from before main() on, and remembers that it came.

/// Handles SIGHUP from now on, whatever the program was started for.
void cprocess_expect_hangups(void);

/// Whether SIGHUP has come since this was last asked: 1 or 0. Any thread may ask.
int cprocess_take_hangup(void);

/// Takes the name that was appended (see cprocess_append; 96 bytes at most) for this process, until it ends: 1 when
/// taken, 0 when another process on this host has it, −1 when names can't be had here. An abstract
/// socket is bound to it, and to the name with the process's number behind a slash; nothing listens there.
int cprocess_take_name(void);

/// The number of the process that has the name that was appended; 0 when that isn't to be seen.
int32_t cprocess_name_holder(void);

/// Keeps freed memory for later instead of giving it back to the kernel each time; see mallopt(3).
void cprocess_keep_freed_memory(void);

/// Resident memory of this process in bytes; 0 when it can't be read.
int64_t cprocess_resident_bytes(void);

/// What a thread is for.
enum cprocess_thread {
    CPROCESS_THREAD_LOOP,
    CPROCESS_THREAD_QUERIES,
    CPROCESS_THREAD_SHARD,
    CPROCESS_THREAD_WATCHDOG,
    CPROCESS_THREAD_LINES,
    CPROCESS_THREAD_STANDBY,
    CPROCESS_THREAD_MONITOR
};

/// Names the calling thread for the kernel, as ps -T and top -H show it. A shard's has its number;
/// names longer than the kernel's 15 bytes are cut.
void cprocess_name_thread(enum cprocess_thread thread, int32_t number);

// Numbers in a file that outlive the process however it ends, since the kernel keeps what was written to
// shared memory. Writing one costs a store. One file a process, one thread at a time.

/// Numbers that are kept.
enum { CPROCESS_KEPT_MAX = 64 };

/// Opens or makes the file whose path was appended (see cprocess_append): 1 when what is set is kept from
/// now on, −1 when the file can't be had; without, numbers are kept for this process only.
int cprocess_keep(void);

int64_t cprocess_kept(int32_t index);
void cprocess_set_kept(int32_t index, int64_t value);
