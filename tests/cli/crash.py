"""A library that, loaded before all others, does something bad to a program at a report of one's choice."""
import pathlib
import shutil
import subprocess


def need_preload(test, kronik):
    """Skips a test of a program that lets no library be loaded before its own."""
    program = pathlib.Path(kronik).read_bytes()
    if b"__asan_init" in program or b"__tsan_init" in program:
        test.skipTest("a sanitizer wants no library loaded before its own")


def library(test, kronik, folder, address, what="signal(SIGSEGV, SIG_DFL), raise(SIGSEGV);"):
    """The path of one that crashes, or does `what` in C, where an article's id is made of this address."""
    need_preload(test, kronik)
    compiler = shutil.which("cc") or shutil.which("g++")
    if not compiler:
        test.skipTest("no compiler for the library that crashes")
    source = folder / "crash.c"
    source.write_text(f"""#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
int EVP_DigestUpdate(void* context, const void* data, unsigned long size) {{
  static const char kAddress[] = "{address}";
  if (size == sizeof kAddress - 1 && memcmp(data, kAddress, size) == 0) {{
    {what}
  }}
  return ((int (*)(void*, const void*, unsigned long))dlsym(RTLD_NEXT, "EVP_DigestUpdate"))(context, data, size);
}}
""")
    made = folder / "crash.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", made, source, "-ldl"], check=True)
    return made
