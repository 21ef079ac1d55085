// Records what a program writes, truncates, renames, removes and flushes in one folder, in one order.
// TRACE_FOLDER names the folder without a slash at the end, TRACE_FILE the file that the record is appended to.
//
// A record: 1 byte what it is (W write, T truncate, S sync, N rename, U unlink), 63 bytes name in the folder ("." is the folder
// itself), 8 bytes offset or new length, 8 bytes length of what follows, then that: the bytes written, or the new name.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1;
static const char *folder;
static ssize_t (*real_writev)(int, const struct iovec *, int);

__attribute__((constructor)) static void begin(void) {
  folder = getenv("TRACE_FOLDER");
  const char *file = getenv("TRACE_FILE");
  int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
  real_writev = dlsym(RTLD_NEXT, "writev");
  if (folder && file) trace = real_open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

// The name of a path in the folder; null for any other path.
static const char *name_in(const char *path) {
  if (trace < 0) return NULL;
  size_t length = strlen(folder);
  if (strncmp(path, folder, length) != 0) return NULL;
  if (path[length] == 0) return ".";
  if (path[length] != '/' || strchr(path + length + 1, '/')) return NULL;
  return path + length + 1;
}

static const char *name_of(int fd, char *buffer, size_t size) {
  char link[64];
  if (trace < 0) return NULL;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, buffer, size - 1);
  if (length < 0) return NULL;
  buffer[length] = 0;
  if (strstr(buffer, " (deleted)")) return NULL;
  return name_in(buffer);
}

static void record(char what, const char *name, uint64_t offset, const void *data, uint64_t length) {
  char head[80] = {0};
  head[0] = what;
  strncpy(head + 1, name, 62);
  memcpy(head + 64, &offset, 8);
  memcpy(head + 72, &length, 8);
  struct iovec parts[2] = {{head, sizeof head}, {(void *)data, length}};
  if (real_writev(trace, parts, length ? 2 : 1) != (ssize_t)(sizeof head + length)) abort();
}

#define ON_FILE(TYPE, CALL, ARGUMENTS, DONE, WHAT, OFFSET, DATA, LENGTH)   \
  {                                                                        \
    static TYPE(*real) ARGUMENTS;                                          \
    if (!real) real = dlsym(RTLD_NEXT, #CALL);                             \
    char buffer[4096];                                                     \
    const char *name = name_of(fd, buffer, sizeof buffer);                 \
    if (!name) return real DONE;                                           \
    pthread_mutex_lock(&order);                                            \
    TYPE result = real DONE;                                               \
    if (result >= 0) record(WHAT, name, OFFSET, DATA, LENGTH);             \
    pthread_mutex_unlock(&order);                                          \
    return result;                                                         \
  }

#define PWRITE(CALL, OFFSET_TYPE)                                          \
  ssize_t CALL(int fd, const void *data, size_t length, OFFSET_TYPE at)    \
  ON_FILE(ssize_t, CALL, (int, const void *, size_t, OFFSET_TYPE), (fd, data, length, at), 'W', at, data, result)
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t length)
ON_FILE(ssize_t, write, (int, const void *, size_t), (fd, data, length), 'W', lseek(fd, 0, SEEK_CUR) - result, data, result)

#define TRUNCATE(CALL, OFFSET_TYPE)                                        \
  int CALL(int fd, OFFSET_TYPE length)                                     \
  ON_FILE(int, CALL, (int, OFFSET_TYPE), (fd, length), 'T', length, NULL, 0)
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(CALL) int CALL(int fd) ON_FILE(int, CALL, (int), (fd), 'S', 0, NULL, 0)
SYNC(fsync)
SYNC(fdatasync)

#define OPEN(CALL)                                                         \
  int CALL(const char *path, int flags, ...) {                             \
    static int (*real)(const char *, int, ...);                            \
    if (!real) real = dlsym(RTLD_NEXT, #CALL);                             \
    va_list rest;                                                          \
    va_start(rest, flags);                                                 \
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;              \
    va_end(rest);                                                          \
    const char *name = flags & O_TRUNC ? name_in(path) : NULL;             \
    if (!name) return real(path, flags, mode);                             \
    pthread_mutex_lock(&order);                                            \
    int result = real(path, flags, mode);                                  \
    if (result >= 0) record('T', name, 0, NULL, 0);                        \
    pthread_mutex_unlock(&order);                                          \
    return result;                                                         \
  }
OPEN(open)
OPEN(open64)

int rename(const char *from, const char *to) {
  static int (*real)(const char *, const char *);
  if (!real) real = dlsym(RTLD_NEXT, "rename");
  const char *name = name_in(from), *other = name_in(to);
  if (!name || !other) return real(from, to);
  pthread_mutex_lock(&order);
  int result = real(from, to);
  if (result == 0) record('N', name, 0, other, strlen(other));
  pthread_mutex_unlock(&order);
  return result;
}

int unlink(const char *path) {
  static int (*real)(const char *);
  if (!real) real = dlsym(RTLD_NEXT, "unlink");
  const char *name = name_in(path);
  if (!name) return real(path);
  pthread_mutex_lock(&order);
  int result = real(path);
  if (result == 0) record('U', name, 0, NULL, 0);
  pthread_mutex_unlock(&order);
  return result;
}
