internal import CProcess

/// How the C library gives memory out.
enum Memory {
    /// Keeps freed memory for the next transaction instead of giving it back to the kernel each time.
    ///
    /// The loop's thread has an arena of its own, which by default shrinks whenever 128 KiB at its end
    /// are free and grows again by page faults: measured, a quarter of the loop's time under load.
    static func keepWhatIsFreed() { cprocess_keep_freed_memory() }
}
