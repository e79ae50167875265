internal import Glibc

/// How the C library gives memory out.
enum Memory {
    /// Keeps freed memory for the next transaction instead of giving it back to the kernel each time.
    ///
    /// The loop's thread has an arena of its own, which by default shrinks whenever 128 KiB at its end
    /// are free and grows again by page faults: measured, a quarter of the loop's time under load.
    /// See mallopt(3).
    static func keepWhatIsFreed() {
        _ = mallopt(M_TRIM_THRESHOLD, 512 << 20)
        _ = mallopt(M_TOP_PAD, 8 << 20)
        _ = mallopt(M_MMAP_THRESHOLD, 32 << 20)
    }
}
