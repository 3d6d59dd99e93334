"""What a process may still do that is about to read a file somebody sent: read the program itself, use what it was handed.

Linux: limits of resources, Landlock (no file written, made, moved or run; none read but the program's and the system's) and
a seccomp filter (no socket, no other program, no look into another process). Windows: a job object. Elsewhere, and where
a kernel does not know one of these, the others hold. The numbers are those of the kernel's uapi headers (linux/landlock.h,
linux/seccomp.h, asm/unistd.h). Each stays until the process ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER = 38, 22, 2  # of prctl
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # system calls, the same on every machine
_BENEATH, _VERSION_ASKED = 1, 1
_EXECUTE, _READ_FILE, _READ_DIR = 1, 1 << 2, 1 << 3
_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}  # of files, by Landlock's version
_NET_RIGHTS = 3  # bind and connect TCP, since version 4
_SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/etc",
)  # /etc: the list of libraries, the time zone, the kinds of files (mimetypes)

# socket, socketpair, execve, execveat, ptrace, process_vm_readv and _writev, io_uring_setup, bpf, mount, setns, unshare,
# add_key, request_key, keyctl
_REFUSED = {
    "x86_64": (0xC000003E, (41, 53, 59, 322, 101, 310, 311, 425, 321, 165, 308, 272, 248, 249, 250)),
    "aarch64": (0xC00000B7, (198, 199, 221, 281, 117, 270, 271, 425, 280, 40, 268, 97, 217, 218, 219)),
}
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # of the filter's machine: BPF_LD|W|ABS and so on
_ALLOW, _NOT_PERMITTED = 0x7FFF0000, 0x00050001
_OTHER_NUMBERS = 0x40000000  # those of x32, which would lead around the list


def confine(memory: int, seconds: int) -> None:
    """Take rights from this process: at most so many bytes of memory and seconds of work, no file, no network, no program."""
    if sys.platform == "win32":
        from panoh.exchange import windows_job

        with contextlib.suppress(Exception):  # the parent's clock remains
            windows_job.enter(memory, seconds)
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            _confine_linux(ctypes.CDLL(None, use_errno=True))


def _confine_linux(libc: ctypes.CDLL) -> None:
    if libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0):
        return
    _close_files(libc)
    known = _REFUSED.get(platform.machine())
    if known:
        _filter_calls(libc, *known)


def _close_files(libc: ctypes.CDLL) -> None:
    """Landlock: nothing is written anywhere, and only the program and the system's libraries are read."""
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_ASKED)
    if version < 1:
        return
    handled = struct.pack("=Q", _RIGHTS[min(version, 3)])
    if version >= 4:
        handled += struct.pack("=Q", _NET_RIGHTS)
    rules = libc.syscall(_CREATE_RULESET, handled, ctypes.c_size_t(len(handled)), 0)
    if rules < 0:
        return
    for path in _own_places():
        with contextlib.suppress(OSError):
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
            rights = _READ_FILE | (_READ_DIR if Path(path).is_dir() else 0)
            libc.syscall(_ADD_RULE, rules, _BENEATH, struct.pack("=Qi", rights, place), 0)
            os.close(place)
    libc.syscall(_RESTRICT_SELF, rules, 0)
    os.close(rules)


def _own_places() -> Iterable[str]:
    """Where the program and what it is made of lie; an installed build holds its modules in the executable itself."""
    places = {*sys.path, sys.prefix, sys.base_prefix, sys.executable, getattr(sys, "_MEIPASS", ""), *_SYSTEM}
    return sorted(place for place in places if place and Path(place).exists())


def _filter_calls(libc: ctypes.CDLL, machine: int, refused: tuple[int, ...]) -> None:
    """Seccomp: these calls fail with EPERM, and so do all of another machine's numbers."""
    count = len(refused)
    lines = [
        (_LOAD, 0, 0, 4),  # of which machine the call is
        (_EQUAL, 0, count + 3, machine),
        (_LOAD, 0, 0, 0),  # its number
        (_AT_LEAST, count + 1, 0, _OTHER_NUMBERS),
        *((_EQUAL, count - at, 0, number) for at, number in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _NOT_PERMITTED),
    ]
    program = b"".join(struct.pack("=HBBI", *line) for line in lines)
    kept = ctypes.create_string_buffer(program, len(program))
    told = ctypes.create_string_buffer(struct.pack("@HP", len(lines), ctypes.addressof(kept)))
    libc.prctl(_SET_SECCOMP, _FILTER, ctypes.c_void_p(ctypes.addressof(told)), 0, 0)
