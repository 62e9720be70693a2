/// What the first bytes of a shared library say, read without loading it.
enum LibraryImage: Equatable {
    /// An ELF shared object for a 64-bit little-endian machine, by the name that `uname -m` has.
    case sharedObject(architecture: String)
    case notASharedObject

    /// The machine this program was built for.
    static var hostArchitecture: String {
        #if arch(x86_64)
            "x86_64"
        #elseif arch(arm64)
            "aarch64"
        #else
            "unknown"
        #endif
    }

    /// Reads the ELF header (System V ABI, chapter 4): class and byte order in the identification,
    /// then type and machine as 16-bit numbers at 16 and 18.
    ///
    /// - Parameter head: The first 20 bytes of the file or more.
    init(head: [UInt8]) {
        let magicClassAndOrder: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1]
        let sharedObject = 3
        guard head.count >= 20, head.starts(with: magicClassAndOrder),
            Int(head[16]) | Int(head[17]) << 8 == sharedObject
        else {
            self = .notASharedObject
            return
        }
        let machine = Int(head[18]) | Int(head[19]) << 8
        self = .sharedObject(architecture: Self.names[machine] ?? "machine \(machine)")
    }

    private static let names = [62: "x86_64", 183: "aarch64", 243: "riscv64"]
}
