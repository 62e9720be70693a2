internal import FoundationEssentials
internal import Glibc

/// Files that appear when they are complete.
enum WholeFile {
    /// Writes beside the file first, so that half of it never stands under its name.
    static func write<Chunks: AsyncSequence>(
        _ chunks: Chunks,
        to path: String
    ) async throws where Chunks.Element == [UInt8] {
        let draft = path + ".part"
        guard FileManager.default.createFile(atPath: draft, contents: nil) else {
            throw CommandFailure("The file \(path) cannot be written.")
        }
        let descriptor = unsafe open(draft, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CommandFailure("The file \(path) cannot be written.") }
        defer { close(descriptor) }
        do {
            for try await chunk in chunks {
                guard Terminal.write(chunk, to: descriptor) else {
                    throw CommandFailure("The file \(path) could not be written to its end.")
                }
            }
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw error
        }
        guard unsafe rename(draft, path) == 0 else {
            throw CommandFailure("The file \(path) cannot be replaced.")
        }
    }
}
