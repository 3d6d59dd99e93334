/* A disk that fails, or a process that is killed, at the Nth call that changes what the disk holds.
 *
 * Preloaded into a Python (LD_PRELOAD), it stands between libc and whoever writes: Python itself and SQLCipher alike.
 * Counted are the calls below whose path or descriptor lies under one folder; everything else passes. Flushing to the
 * disk is counted but not done: no test here cuts the power, and a flush takes most of the time.
 *
 * how: 0 the one call fails; 1 it and every later one fails; 2 from it on the disk is full: what needs room fails, the
 * first write of these having written half; 3 the process is killed there; 4 the same, after half of a write.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { ONCE, EVER, FULL, KILL, TORN };
enum { PASS, FAIL, HALF };

static char folder[PATH_MAX];
static size_t folder_length;
static int armed, how, number, told_half;
static long at, count;
static char struck[PATH_MAX + 64];
static char made[1 << 23]; /* every call, a line each, while none is to fail; a busy machine makes more of them */
static size_t made_length;

/* --- what the test says and asks ------------------------------------------------------------------------------- */

void panoh_arm(const char *under, long nth, int error, int in_what_way) {
    snprintf(folder, sizeof folder, "%s", under);
    folder_length = strlen(folder);
    at = nth, number = error, how = in_what_way;
    count = 0, told_half = 0, struck[0] = 0, made_length = 0, made[0] = 0;
    armed = 1;
}

long panoh_disarm(void) { armed = 0; return count; }

const char *panoh_struck(void) { return struck; }

const char *panoh_made(void) { return made; }

/* --- whose turn it is ------------------------------------------------------------------------------------------ */

static int under(const char *path) {
    return strncmp(path, folder, folder_length) == 0 && (path[folder_length] == '/' || path[folder_length] == 0);
}

static int place_of(int fd, char *into) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, into, PATH_MAX - 1);
    if (length < 0) return 0;
    into[length] = 0;
    return 1;
}

static int watched_fd(int fd, char *into) { return armed && place_of(fd, into) && under(into); }

static int watched_path(int dir, const char *path, char *into) {
    if (!armed || !path) return 0;
    if (path[0] == '/') snprintf(into, PATH_MAX, "%s", path);
    else {
        char base[PATH_MAX];
        if (dir == AT_FDCWD ? !getcwd(base, sizeof base) : !place_of(dir, base)) return 0;
        if (snprintf(into, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) return 0;
    }
    return under(into);
}

static int step(const char *call, const char *path, int needs_room, int is_write) {
    long n = __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST);
    if (!at) {
        int added = snprintf(made + made_length, sizeof made - made_length, "%s %s\n", call, path + folder_length);
        if (added > 0 && made_length + (size_t)added < sizeof made) made_length += (size_t)added;
    }
    if (!at || n < at) return PASS;
    if (how == FULL ? !needs_room : how != EVER && n != at) return PASS;
    if (!struck[0]) snprintf(struck, sizeof struck, "%s %s", call, path + folder_length);
    if (how == TORN && is_write) return HALF;
    if (how == KILL || how == TORN) kill(getpid(), SIGKILL);
    if (how == FULL && is_write && !told_half++) return HALF;
    errno = number;
    return FAIL;
}

static int grows(int fd, off64_t from, size_t size) {
    struct stat64 now;
    if (from < 0) from = fcntl(fd, F_GETFL) & O_APPEND ? -1 : lseek64(fd, 0, SEEK_CUR);
    return fstat64(fd, &now) || from < 0 || from + (off64_t)size > now.st_size;
}

#define REAL(name) ((__typeof__(&name))real(&real_##name, #name))
static void *real(void **kept, const char *name) { return *kept ? *kept : (*kept = dlsym(RTLD_NEXT, name)); }
#define KEPT(name) static void *real_##name

/* --- open ------------------------------------------------------------------------------------------------------ */

static int may_open(const char *call, int dir, const char *path, int flags) {
    char full[PATH_MAX];
    int changes = (flags & O_ACCMODE) != O_RDONLY || flags & (O_CREAT | O_TRUNC);
    if (!changes || !watched_path(dir, path, full)) return 1;
    return step(call, full, flags & O_CREAT && access(full, F_OK), 0) == PASS;
}

#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list a; va_start(a, flags); mode = va_arg(a, mode_t); va_end(a); }
#define OPEN(name) KEPT(name); int name(const char *path, int flags, ...) { MODE \
    return may_open("open", AT_FDCWD, path, flags) ? REAL(name)(path, flags, mode) : -1; }
#define OPENAT(name) KEPT(name); int name(int dir, const char *path, int flags, ...) { MODE \
    return may_open("open", dir, path, flags) ? REAL(name)(dir, path, flags, mode) : -1; }
OPEN(open) OPEN(open64) OPENAT(openat) OPENAT(openat64)

/* --- write ----------------------------------------------------------------------------------------------------- */

#define WRITTEN(call, fd, from, size, whole, half) \
    char place[PATH_MAX]; \
    if (!watched_fd(fd, place)) return whole; \
    switch (step(call, place, grows(fd, from, size), size > 1)) { \
        case PASS: return whole; \
        case FAIL: return -1; \
        default: { ssize_t done = half; if (how == TORN) kill(getpid(), SIGKILL); return done; } \
    }

KEPT(write);
ssize_t write(int fd, const void *from, size_t size) {
    WRITTEN("write", fd, -1, size, REAL(write)(fd, from, size), REAL(write)(fd, from, size / 2))
}
KEPT(pwrite);
ssize_t pwrite(int fd, const void *from, size_t size, off_t to) {
    WRITTEN("write", fd, to, size, REAL(pwrite)(fd, from, size, to), REAL(pwrite)(fd, from, size / 2, to))
}
KEPT(pwrite64);
ssize_t pwrite64(int fd, const void *from, size_t size, off64_t to) {
    WRITTEN("write", fd, to, size, REAL(pwrite64)(fd, from, size, to), REAL(pwrite64)(fd, from, size / 2, to))
}
KEPT(writev);
ssize_t writev(int fd, const struct iovec *from, int pieces) {
    WRITTEN("write", fd, -1, 1, REAL(writev)(fd, from, pieces), -1)
}
KEPT(pwritev);
ssize_t pwritev(int fd, const struct iovec *from, int pieces, off_t to) {
    WRITTEN("write", fd, to, 1, REAL(pwritev)(fd, from, pieces, to), -1)
}
KEPT(pwritev64);
ssize_t pwritev64(int fd, const struct iovec *from, int pieces, off64_t to) {
    WRITTEN("write", fd, to, 1, REAL(pwritev64)(fd, from, pieces, to), -1)
}
KEPT(sendfile);
ssize_t sendfile(int to, int from, off_t *offset, size_t size) {
    WRITTEN("write", to, -1, size, REAL(sendfile)(to, from, offset, size), REAL(sendfile)(to, from, offset, size / 2))
}
KEPT(sendfile64);
ssize_t sendfile64(int to, int from, off64_t *offset, size_t size) {
    WRITTEN("write", to, -1, size, REAL(sendfile64)(to, from, offset, size), REAL(sendfile64)(to, from, offset, size / 2))
}
KEPT(copy_file_range);
ssize_t copy_file_range(int from, off64_t *a, int to, off64_t *b, size_t size, unsigned int flags) {
    WRITTEN("write", to, -1, size, REAL(copy_file_range)(from, a, to, b, size, flags),
            REAL(copy_file_range)(from, a, to, b, size / 2, flags))
}

/* --- flush, truncate ------------------------------------------------------------------------------------------- */

#define ON_FD(call, name, parameters, arguments, done) KEPT(name); int name parameters { \
    char place[PATH_MAX]; \
    if (!watched_fd(fd, place)) return REAL(name) arguments; \
    return step(call, place, 0, 0) == PASS ? done : -1; }
ON_FD("fsync", fsync, (int fd), (fd), 0)
ON_FD("fsync", fdatasync, (int fd), (fd), 0)
ON_FD("fsync", sync_file_range, (int fd, off64_t from, off64_t size, unsigned int flags), (fd, from, size, flags), 0)
ON_FD("truncate", ftruncate, (int fd, off_t size), (fd, size), REAL(ftruncate)(fd, size))
ON_FD("truncate", ftruncate64, (int fd, off64_t size), (fd, size), REAL(ftruncate64)(fd, size))
ON_FD("allocate", fallocate, (int fd, int mode, off_t from, off_t size), (fd, mode, from, size), REAL(fallocate)(fd, mode, from, size))

/* posix_fallocate gives the error back and leaves errno alone */
KEPT(posix_fallocate);
int posix_fallocate(int fd, off_t from, off_t size) {
    char place[PATH_MAX];
    if (!watched_fd(fd, place) || step("allocate", place, 1, 0) == PASS) return REAL(posix_fallocate)(fd, from, size);
    return errno;
}

/* --- names ----------------------------------------------------------------------------------------------------- */

#define ON_PATH(call, name, parameters, arguments, dir, path, needs_room) KEPT(name); int name parameters { \
    char full[PATH_MAX]; \
    if (!watched_path(dir, path, full)) return REAL(name) arguments; \
    return step(call, full, needs_room, 0) == PASS ? REAL(name) arguments : -1; }
ON_PATH("truncate", truncate, (const char *path, off_t size), (path, size), AT_FDCWD, path, 0)
ON_PATH("truncate", truncate64, (const char *path, off64_t size), (path, size), AT_FDCWD, path, 0)
ON_PATH("rename", rename, (const char *from, const char *to), (from, to), AT_FDCWD, to, 0)
ON_PATH("rename", renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), b, to, 0)
ON_PATH("rename", renameat2, (int a, const char *from, int b, const char *to, unsigned int flags), (a, from, b, to, flags), b, to, 0)
ON_PATH("link", link, (const char *from, const char *to), (from, to), AT_FDCWD, to, 1)
ON_PATH("link", linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags), b, to, 1)
ON_PATH("symlink", symlink, (const char *from, const char *to), (from, to), AT_FDCWD, to, 1)
ON_PATH("unlink", unlink, (const char *path), (path), AT_FDCWD, path, 0)
ON_PATH("unlink", unlinkat, (int dir, const char *path, int flags), (dir, path, flags), dir, path, 0)
ON_PATH("rmdir", rmdir, (const char *path), (path), AT_FDCWD, path, 0)
ON_PATH("mkdir", mkdir, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, 1)
ON_PATH("mkdir", mkdirat, (int dir, const char *path, mode_t mode), (dir, path, mode), dir, path, 1)
ON_PATH("chmod", chmod, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, 0)
