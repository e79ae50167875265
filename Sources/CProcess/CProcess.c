#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char message[CPROCESS_BYTES_MAX];
static size_t length;

void cprocess_begin(void) { length = 0; }

void cprocess_append(uint8_t byte) {
    if (length < sizeof message) message[length++] = (char)byte;
}

int cprocess_send(void) {
    const char *path = getenv("NOTIFY_SOCKET");
    if (path == NULL || (path[0] != '/' && path[0] != '@')) return 0;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t size = strlen(path);
    if (size >= sizeof address.sun_path) return -1;
    memcpy(address.sun_path, path, size);
    if (path[0] == '@') address.sun_path[0] = '\0';
    int socket_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket_fd < 0) return -1;
    ssize_t sent = sendto(socket_fd, message, length, MSG_NOSIGNAL, (struct sockaddr *)&address,
                          (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size));
    close(socket_fd);
    return sent == (ssize_t)length ? 1 : -1;
}

void cprocess_open_standard_files(void) {
    for (int file = 0; file <= 2; file++)
        if (fcntl(file, F_GETFD) < 0) open("/dev/null", file == 0 ? O_RDONLY : O_WRONLY);
}

static volatile sig_atomic_t hangups;

static void hung_up(int signal_number) {
    (void)signal_number;
    hangups = 1;
}

void cprocess_expect_hangups(void) {
    struct sigaction action = {.sa_handler = hung_up, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGHUP, &action, NULL);
}

int cprocess_take_hangup(void) {
    return __atomic_exchange_n(&hangups, 0, __ATOMIC_ACQ_REL) ? 1 : 0;
}

// glibc gives constructors what main() is given. Other commands end at SIGHUP, as people expect.
__attribute__((constructor)) static void expect_early_hangups(int count, char **arguments) {
    if (count > 1 && strcmp(arguments[1], "run") == 0) cprocess_expect_hangups();
}

// Binds an abstract address (unix(7)); the kernel frees it when the process ends, however it ends.
static int bind_abstract(const char *name, size_t size) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (size + 1 > sizeof address.sun_path) return -1;
    memcpy(address.sun_path + 1, name, size);
    int socket_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket_fd < 0) return -1;
    shutdown(socket_fd, SHUT_RD);
    socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + size);
    if (bind(socket_fd, (struct sockaddr *)&address, length) == 0) return 1;
    int is_taken = errno == EADDRINUSE;
    close(socket_fd);
    return is_taken ? 0 : -1;
}

int cprocess_take_name(void) {
    int taken = bind_abstract(message, length);
    char numbered[sizeof((struct sockaddr_un *)0)->sun_path];
    int size = snprintf(numbered, sizeof numbered, "%.*s/%d", (int)length, message, getpid());
    if (taken == 1 && size < (int)sizeof numbered) bind_abstract(numbered, (size_t)size);
    return taken;
}

int32_t cprocess_name_holder(void) {
    char line[512], sought[sizeof message + 4];
    int32_t holder = 0;
    FILE *file = fopen("/proc/self/net/unix", "re");
    if (file == NULL) return 0;
    snprintf(sought, sizeof sought, "@%.*s/", (int)length, message);
    while (holder == 0 && fgets(line, sizeof line, file) != NULL) {
        const char *found = strstr(line, sought);
        if (found != NULL) holder = (int32_t)strtol(found + strlen(sought), NULL, 10);
    }
    fclose(file);
    return holder;
}

void cprocess_keep_freed_memory(void) {
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
    mallopt(M_TOP_PAD, 8 << 20);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
}

int64_t cprocess_resident_bytes(void) {
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL) return 0;
    if (fscanf(file, "%*s %ld", &pages) != 1) pages = 0;
    fclose(file);
    return (int64_t)pages * sysconf(_SC_PAGESIZE);
}

void cprocess_name_thread(enum cprocess_thread thread, int32_t number) {
    char name[16] = "";
    switch (thread) {
    case CPROCESS_THREAD_LOOP: snprintf(name, sizeof name, "loop"); break;
    case CPROCESS_THREAD_QUERIES: snprintf(name, sizeof name, "queries"); break;
    case CPROCESS_THREAD_SHARD: snprintf(name, sizeof name, "shard-%" PRId32, number); break;
    case CPROCESS_THREAD_WATCHDOG: snprintf(name, sizeof name, "watchdog"); break;
    case CPROCESS_THREAD_STANDBY: snprintf(name, sizeof name, "standby"); break;
    case CPROCESS_THREAD_MONITOR: snprintf(name, sizeof name, "monitor"); break;
    case CPROCESS_THREAD_LINES: snprintf(name, sizeof name, "lines"); break;
    }
    pthread_setname_np(pthread_self(), name);
}

static volatile int64_t unkept[CPROCESS_KEPT_MAX];
static volatile int64_t *kept = unkept;

int cprocess_keep(void) {
    if (length >= sizeof message) return -1;
    message[length] = '\0';
    int file = open(message, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return -1;
    void *memory = MAP_FAILED;
    if (ftruncate(file, sizeof unkept) == 0)
        memory = mmap(NULL, sizeof unkept, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (memory == MAP_FAILED) return -1;
    if (kept != unkept) munmap((void *)kept, sizeof unkept);
    kept = memory;
    return 1;
}

int64_t cprocess_kept(int32_t index) {
    return index >= 0 && index < CPROCESS_KEPT_MAX ? kept[index] : 0;
}

void cprocess_set_kept(int32_t index, int64_t value) {
    if (index >= 0 && index < CPROCESS_KEPT_MAX) kept[index] = value;
}
