/// The bytes of a project's archive as they are asked for.
///
/// For one reader. It throws when something fails midway: what was read until then is no archive.
public struct PackedProject: AsyncSequence, Sendable {
    /// A name for the archive's file.
    public let fileName: String
    let packer: ProjectPacker

    public func makeAsyncIterator() -> Iterator { Iterator(packer: packer) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate var packer: ProjectPacker

        fileprivate init(packer: ProjectPacker) { self.packer = packer }

        public mutating func next() async throws(ServiceError) -> [UInt8]? {
            try await packer.next()
        }
    }
}
