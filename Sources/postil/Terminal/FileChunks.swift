internal import FoundationEssentials
internal import Glibc

/// A file's bytes, a mebibyte at a time.
struct FileChunks: AsyncSequence, Sendable {
    typealias Element = [UInt8]
    typealias Failure = any Error

    let path: String

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(path: path) }

    /// Opens the file at the first chunk and closes it with the last.
    final class AsyncIterator: AsyncIteratorProtocol {
        private static let chunkBytes = 1 << 20

        private let path: String
        private var descriptor: Int32?
        private var hasEnded = false

        fileprivate init(path: String) {
            self.path = path
        }

        func next() async throws -> [UInt8]? {
            guard !hasEnded else { return nil }
            let descriptor = try self.descriptor ?? openFile()
            self.descriptor = descriptor
            var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                unsafe read(descriptor, buffer.baseAddress, buffer.count)
            }
            guard count >= 0 else {
                throw CommandFailure("The file \(path) cannot be read (error \(errno)).")
            }
            hasEnded = count == 0
            chunk.removeLast(chunk.count - count)
            return hasEnded ? nil : chunk
        }

        deinit {
            if let descriptor { close(descriptor) }
        }

        private func openFile() throws -> Int32 {
            let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                throw CommandFailure("The file \(path) cannot be opened (error \(errno)).")
            }
            return descriptor
        }
    }
}
