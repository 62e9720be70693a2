import Contracts
import Crypto
import Foundation
import PluginHost
import Testing

/// An archive made to do harm, and how the installer has to answer.
struct HostilePackage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let step: PackageReport.Step
    let code: String
    let make: @Sendable (inout TarFile) -> Void

    init(
        _ description: String,
        _ step: PackageReport.Step,
        _ code: String,
        _ make: @escaping @Sendable (inout TarFile) -> Void
    ) {
        testDescription = description
        self.step = step
        self.code = code
        self.make = make
    }

    private static let manifest = """
        {"manifestVersion":1,"id":"org.example.plain","version":"1.0.0","name":"Plain",
        "abi":{"built":"1.0","min":"1.0"}}
        """

    private static func sums(_ files: [(String, String)]) -> String {
        files.map { path, text in
            let digest = SHA256.hash(data: Data(text.utf8)).map { String(format: "%02x", $0) }
            return "\(digest.joined())  \(path)\n"
        }.joined()
    }

    /// Begins a package that would be sound with the files given.
    private static func begin(_ tar: inout TarFile, _ files: [(String, String)]) {
        tar.add("SHA256SUMS", sums(files))
    }

    static let all: [HostilePackage] = [
        HostilePackage("a path with ..", .entries, "path_escapes") { tar in
            begin(&tar, [("manifest.json", manifest)])
            tar.add("../outside", "x")
        },
        HostilePackage("a path with .. in the middle", .entries, "path_escapes") { tar in
            begin(&tar, [("manifest.json", manifest)])
            tar.add("web/../../outside", "x")
        },
        HostilePackage("an absolute path", .entries, "path_escapes") { tar in
            begin(&tar, [("manifest.json", manifest)])
            tar.add("/tmp/postil-outside", "x")
        },
        HostilePackage("a listed path with ..", .entries, "path_escapes") { tar in
            begin(&tar, [("../outside", "x")])
            tar.add("../outside", "x")
        },
        HostilePackage("a folder outside", .entries, "path_escapes") { tar in
            begin(&tar, [("manifest.json", manifest)])
            tar.add("../folder/", Data(), .folder)
        },
        HostilePackage("a symbolic link", .entries, "archive_entry_refused") { tar in
            begin(&tar, [("manifest.json", manifest), ("web", "")])
            tar.add("web", Data(), .symbolicLink, to: "/tmp")
        },
        HostilePackage("a hard link", .entries, "archive_entry_refused") { tar in
            begin(&tar, [("manifest.json", manifest)])
            tar.add("passwd", Data(), .hardLink, to: "/etc/passwd")
        },
        HostilePackage("a device", .entries, "archive_entry_refused") { tar in
            begin(&tar, [("manifest.json", manifest)])
            tar.add("zero", Data(), .device)
        },
        HostilePackage("a pipe", .entries, "archive_entry_refused") { tar in
            begin(&tar, [("manifest.json", manifest)])
            tar.add("pipe", Data(), .pipe)
        },
        HostilePackage("a name with a line break", .entries, "archive_entry_refused") { tar in
            begin(&tar, [("manifest.json", manifest)])
            tar.add("a\nb", "x")
        },
        HostilePackage("a file twice", .entries, "archive_entry_refused") { tar in
            begin(&tar, [("manifest.json", manifest)])
            tar.add("manifest.json", manifest)
            tar.add("manifest.json", manifest)
        },
        HostilePackage("a second list", .entries, "archive_entry_refused") { tar in
            begin(&tar, [("manifest.json", manifest)])
            tar.add("manifest.json", manifest)
            begin(&tar, [("manifest.json", manifest)])
        },
        HostilePackage("a late signature", .entries, "archive_entry_refused") { tar in
            begin(&tar, [("manifest.json", manifest)])
            tar.add("manifest.json", manifest)
            tar.add("signature.json", "{}")
        },
        HostilePackage("a bomb", .entries, "archive_too_large") { tar in
            begin(&tar, [("bomb", "x"), ("manifest.json", manifest)])
            tar.add("bomb", Data(count: 64 << 20))
        },
        HostilePackage("a file that says it is huge", .entries, "archive_too_large") { tar in
            begin(&tar, [("huge", "x"), ("manifest.json", manifest)])
            tar.add("huge", Data(), byteCount: 2 << 30)
        },
        HostilePackage("an endless list", .entries, "archive_too_large") { tar in
            tar.add("SHA256SUMS", Data(count: 5 << 20))
        },
        HostilePackage("no list", .digests, "digest_list_invalid") { tar in
            tar.add("manifest.json", manifest)
        },
        HostilePackage("nothing", .digests, "digest_list_invalid") { _ in },
        HostilePackage("a list that is none", .digests, "digest_list_invalid") { tar in
            tar.add("SHA256SUMS", "manifest.json\n")
        },
        HostilePackage("a list with a file twice", .digests, "digest_list_invalid") { tar in
            begin(&tar, [("manifest.json", manifest), ("manifest.json", manifest)])
        },
        HostilePackage("a list that is not sorted", .digests, "digest_list_invalid") { tar in
            begin(&tar, [("manifest.json", manifest), ("a", "x")])
        },
        HostilePackage("a list of itself", .digests, "digest_list_invalid") { tar in
            begin(&tar, [("SHA256SUMS", "x"), ("manifest.json", manifest)])
        },
        HostilePackage("an unlisted file", .digests, "file_unlisted") { tar in
            begin(&tar, [("manifest.json", manifest)])
            tar.add("manifest.json", manifest)
            tar.add("more.js", "x")
        },
        HostilePackage("a missing file", .digests, "file_missing") { tar in
            begin(&tar, [("README.md", "x"), ("manifest.json", manifest)])
            tar.add("manifest.json", manifest)
        },
        HostilePackage("another file", .digests, "digest_mismatch") { tar in
            begin(&tar, [("manifest.json", manifest)])
            tar.add("manifest.json", manifest + " ")
        },
        HostilePackage("a signature that is none", .signature, "signature_invalid") { tar in
            begin(&tar, [("manifest.json", manifest)])
            tar.add("signature.json", "{}")
            tar.add("manifest.json", manifest)
        },
        HostilePackage("a signature over something else", .signature, "signature_invalid") { tar in
            begin(&tar, [("manifest.json", manifest)])
            let key = Data(repeating: 7, count: 32).base64EncodedString()
            let signature = Data(repeating: 9, count: 64).base64EncodedString()
            tar.add(
                "signature.json",
                """
                {"algorithm":"ed25519","public_key":"\(key)","signature":"\(signature)"}
                """
            )
            tar.add("manifest.json", manifest)
        },
        HostilePackage("no manifest", .manifest, "manifest_unreadable") { tar in
            begin(&tar, [("README.md", "x")])
            tar.add("README.md", "x")
        },
        HostilePackage("a manifest that is none", .manifest, "manifest_invalid") { tar in
            begin(&tar, [("manifest.json", "{}")])
            tar.add("manifest.json", "{}")
        },
        HostilePackage("an id that leads elsewhere", .manifest, "manifest_invalid") { tar in
            let text = manifest.replacing("org.example.plain", with: "../../outside")
            begin(&tar, [("manifest.json", text)])
            tar.add("manifest.json", text)
        },
        HostilePackage("a version that leads elsewhere", .manifest, "manifest_invalid") { tar in
            let text = manifest.replacing("1.0.0", with: "../1.0.0")
            begin(&tar, [("manifest.json", text)])
            tar.add("manifest.json", text)
        },
    ]

    /// The package that the hostile ones are bent from.
    static let harmless = HostilePackage("nothing is wrong", .version, "") { tar in
        begin(&tar, [("manifest.json", manifest)])
        tar.add("manifest.json", manifest)
    }
}

@Suite struct HostilePackageTests {
    @Test(arguments: HostilePackage.all)
    func `a hostile package is refused by its step and leaves nothing behind`(
        package: HostilePackage
    ) async throws {
        let folder = try TemporaryFolder()
        let report = try await install(package, folder)

        let failed = report.checks.filter { $0.verdict == .failed }
        #expect(failed.map(\.step) == [package.step])
        #expect(report.failure?.code.rawValue == package.code)
        #expect(report.failure?.message.hasSuffix(".") == true)
        #expect(report.checks.count == PackageReport.Step.allCases.count)
        let left = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
        #expect(
            left == ["package.tar.gz", "plugins", "plugins/.incoming", "plugins/.install.lock"]
        )
    }

    @Test func `the same package without harm in it is installed`() async throws {
        let folder = try TemporaryFolder()
        #expect(try await install(.harmless, folder).failure == nil)
        #expect(
            FileManager.default.fileExists(
                atPath: folder.path + "/plugins/org.example.plain/1.0.0/manifest.json"
            )
        )
    }

    @Test(arguments: [0, 1, 10, 100, 400])
    func `an archive that is cut off is refused`(length: Int) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/package.tar.gz"
        var tar = TarFile()
        HostilePackage.harmless.make(&tar)
        try tar.write(to: path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try whole.prefix(min(length, whole.count - 20)).write(to: URL(fileURLWithPath: path))
        let installer = PackageInstaller(directory: folder.path + "/plugins", hostVersion: "0.1.0")
        let report = await installer.install(archive: path)
        #expect(report.failure?.code.rawValue == "archive_unreadable" || length == 0)
        #expect(report.failure != nil)
    }

    @Test func `flipped bits never change what is installed`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/package.tar.gz"
        var tar = TarFile()
        HostilePackage.harmless.make(&tar)
        try tar.write(to: path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        let installer = PackageInstaller(directory: folder.path + "/plugins", hostVersion: "0.1.0")
        let digest = await installer.verify(archive: path).digest
        var refusedCount = 0
        for place in whole.indices {
            var bent = whole
            bent[place] ^= 1 << UInt8(place % 8)
            try bent.write(to: URL(fileURLWithPath: path))
            let report = await installer.verify(archive: path)
            if report.failure == nil { #expect(report.digest == digest) } else { refusedCount += 1 }
        }
        // What may bend are gzip's notes of time and system, its checksum, and the zeros at the end.
        #expect(refusedCount > whole.count * 3 / 4)
    }

    private func install(_ package: HostilePackage, _ folder: TemporaryFolder) async throws
        -> PackageReport
    {
        let path = folder.path + "/package.tar.gz"
        var tar = TarFile()
        package.make(&tar)
        try tar.write(to: path)
        let installer = PackageInstaller(directory: folder.path + "/plugins", hostVersion: "0.1.0")
        return await installer.install(archive: path)
    }
}
