import Contracts
import FoundationEssentials
import PluginHost
import ValueTree

/// The checks that run none of the plugin's code.
struct PackageChecks {
    let folder: String
    let inspection: PluginInspection

    /// Which check a refusal of the host belongs to.
    private static let checkOfCode: [String: String] = [
        "file_missing": "package.files", "path_escapes": "package.files",
        "digest_mismatch": "package.digests", "architecture_missing": "elf.architecture",
        "not_loadable": "elf.architecture",
    ]

    func run() -> [CheckResult] {
        let refused = inspection.refusal.map {
            Self.checkOfCode[$0.code.rawValue] ?? "package.manifest"
        }
        let image = inspection.libraryPath
            .flatMap { try? Folder.read($0) }
            .flatMap { ELFImage($0) }
        return (PluginCheck.package + PluginCheck.elf).map { check in
            if check.id == "package.plain-files" { return result(check, plainFiles()) }
            if check.id == "package.declared" { return result(check, undeclared()) }
            if check.id == refused, let refusal = inspection.refusal {
                let sentence = [refusal.message, refusal.hint].compactMap { $0 }
                return CheckResult(check, .failed, findings: [sentence.joined(separator: " ")])
            }
            if inspection.refusal != nil {
                return CheckResult(check, .skipped, findings: ["The package is refused."])
            }
            guard check.id.hasPrefix("elf.") else { return CheckResult(check, .passed) }
            return elf(check, image)
        }
    }

    private func result(_ check: PluginCheck, _ findings: [String]) -> CheckResult {
        CheckResult(check, findings.isEmpty ? .passed : .failed, findings: findings)
    }

    private func plainFiles() -> [String] {
        var findings: [String] = []
        func visit(_ path: String, _ name: String) {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            let type = attributes?[.type] as? FileAttributeType
            if type == .typeDirectory {
                for inner in Folder.names(path) { visit(path + "/" + inner, name + "/" + inner) }
            } else if type != .typeRegular {
                findings.append(
                    "\(name.dropFirst()) is no plain file. A package holds plain files."
                )
            }
        }
        for name in Folder.names(folder) { visit(folder + "/" + name, "/" + name) }
        return findings
    }

    private func undeclared() -> [String] {
        let manifest = (try? Folder.read(folder + "/manifest.json"))
            .flatMap { try? JSONText(parsing: $0) }
        let libraries = manifest?["libraries"]?.elements.filter { $0["sha256"] == nil } ?? []
        return libraries.map { library in
            let path = library["path"]?.string ?? "?"
            return "The library \(path) has no `sha256` in the manifest. `postil plugin build` "
                + "writes it."
        }
    }

    private func elf(_ check: PluginCheck, _ image: ELFImage?) -> CheckResult {
        guard inspection.libraryPath != nil else {
            return CheckResult(check, .skipped, findings: ["The package has no library."])
        }
        guard let image else {
            return check.id == "elf.architecture"
                ? CheckResult(
                    check,
                    .failed,
                    findings: ["The tables of the ELF file lead outside."]
                )
                : CheckResult(check, .skipped, findings: ["The library cannot be read."])
        }
        return result(check, findings(check, image))
    }

    private func findings(_ check: PluginCheck, _ image: ELFImage) -> [String] {
        switch check.id {
        case "elf.one-symbol":
            let others = image.exports.filter { $0 != "postil_plugin_entry_v1" }
            guard !others.isEmpty else { return [] }
            let some = others.prefix(5).joined(separator: ", ")
            return [
                "\(others.count) symbols are exported beside the entry: \(some). Link with the "
                    + "version script plugin.map and -fvisibility=hidden."
            ]
        case "elf.text-relocations":
            return image.hasTextRelocations
                ? ["The library has text relocations. Compile with -fPIC."] : []
        case "elf.executable-stack":
            return image.wantsExecutableStack == false
                ? [] : ["The library asks for an executable stack. Link with -z noexecstack."]
        case "elf.writable-code":
            return image.hasWritableCode ? ["A segment is writable and executable at once."] : []
        case "elf.static-tls":
            return image.hasStaticTLS
                ? [
                    "The library uses static thread-local storage, of which a process has little. "
                        + "Do not compile with -ftls-model=initial-exec."
                ] : []
        case "elf.run-path":
            return image.runPaths.filter { !$0.hasPrefix("$ORIGIN") }
                .map { "The library looks for others in \($0), which is on no other machine." }
        default: return []
        }
    }
}
