// Has one flush fail: the k-th of the files in one folder whose names begin as they are to.
//
// FAIL_FOLDER names the folder without a slash at the end, FAIL_PREFIX how the names begin, FAIL_AT is k, and FAIL_MARK a file that
// is made when it happens. With FAIL_EXACTLY the name has to be the whole prefix. With FAIL_LOSES what was written to a `-wal` file since its last flush is gone, as a kernel drops the
// pages that it could not write; without it everything is there all the same.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long count;
static off64_t first_written = -1, last_written;

// 1 for a file that counts, 2 for a log of SQLite among them.
static int counts(int fd) {
  const char *folder = getenv("FAIL_FOLDER"), *prefix = getenv("FAIL_PREFIX");
  if (!folder || !prefix) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  size_t start = strlen(folder);
  if (strncmp(path, folder, start) != 0 || path[start] != '/') return 0;
  if (strncmp(path + start + 1, prefix, strlen(prefix)) != 0) return 0;
  if (getenv("FAIL_EXACTLY") && strcmp(path + start + 1, prefix) != 0) return 0;
  return length > 4 && strcmp(path + length - 4, "-wal") == 0 ? 2 : 1;
}

static int flush(int fd, int (*real)(int)) {
  int kind = counts(fd);
  if (!kind) return real(fd);
  const char *at = getenv("FAIL_AT"), *mark = getenv("FAIL_MARK");
  if (++count == (at ? atol(at) : 0)) {
    if (mark) close(open(mark, O_WRONLY | O_CREAT, 0600));
    if (kind == 2 && getenv("FAIL_LOSES") && first_written >= 0) {
      static ssize_t (*real_write)(int, const void *, size_t, off64_t);
      if (!real_write) real_write = dlsym(RTLD_NEXT, "pwrite64");
      static const char nothing[4096];
      for (off64_t from = first_written; from < last_written; from += sizeof nothing) {
        off64_t left = last_written - from;
        if (real_write(fd, nothing, left < (off64_t)sizeof nothing ? left : sizeof nothing, from) < 0) abort();
      }
    }
    errno = EIO;
    return -1;
  }
  if (kind == 2) first_written = -1;
  return real(fd);
}

#define SYNC(CALL)                                     \
  int CALL(int fd) {                                   \
    static int (*real)(int);                           \
    if (!real) real = dlsym(RTLD_NEXT, #CALL);         \
    return flush(fd, real);                            \
  }
SYNC(fsync)
SYNC(fdatasync)

#define PWRITE(CALL, OFFSET_TYPE)                                                \
  ssize_t CALL(int fd, const void *data, size_t length, OFFSET_TYPE at) {        \
    static ssize_t (*real)(int, const void *, size_t, OFFSET_TYPE);              \
    if (!real) real = dlsym(RTLD_NEXT, #CALL);                                   \
    ssize_t result = real(fd, data, length, at);                                 \
    if (result > 0 && counts(fd) == 2) {                                         \
      if (first_written < 0) last_written = 0;                                   \
      if (first_written < 0 || at < first_written) first_written = at;           \
      if (at + result > last_written) last_written = at + result;                \
    }                                                                            \
    return result;                                                               \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)
