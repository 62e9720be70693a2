internal import Glibc

/// What goes to the two streams of the terminal, unbuffered, so that who waits for a line gets it.
enum Terminal {
    /// Writes a line to standard output.
    static func print(_ line: String) {
        _ = write(Array((line + "\n").utf8), to: STDOUT_FILENO)
    }

    /// Writes a line to standard error.
    static func complain(_ line: String) {
        _ = write(Array((line + "\n").utf8), to: STDERR_FILENO)
    }

    /// Writes bytes to standard output as they are.
    static func write(_ bytes: [UInt8]) {
        _ = write(bytes, to: STDOUT_FILENO)
    }

    /// Writes bytes to a file that is open.
    ///
    /// - Returns: False when not all of them could be written.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
