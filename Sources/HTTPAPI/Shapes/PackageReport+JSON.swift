internal import Contracts
internal import LabelModel

extension PackageReport {
    /// What the verification of a package found.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", plugin?.id)
            writer.member("version", plugin?.version)
            writer.member("passed", failure == nil)
            writer.member("was_installed", wasInstalled)
            writer.member("digest", digest)
            writer.key("trust")
            trust.write(to: &writer)
            writer.key("checks")
            writer.array { writer in
                for check in checks { check.write(to: &writer) }
            }
            writer.key("files")
            writer.array { writer in
                for file in files {
                    writer.object { writer in
                        writer.member("path", file.path)
                        writer.member("sha256", file.sha256)
                        writer.member("bytes", file.byteCount)
                    }
                }
            }
            writer.key("capabilities")
            writer.array { writer in
                for capability in manifest?.capabilities ?? [] { capability.write(to: &writer) }
            }
            writer.key("tags")
            (manifest?.tags ?? []).write(to: &writer)
            writer.member("permissions", manifest?.permissions ?? .emptyObject)
        }
    }
}

extension PackageReport.Check {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", step.rawValue)
            writer.member("verdict", verdict.rawValue)
            writer.member("detail", detail)
            writer.member("code", error?.code.rawValue)
            writer.member("hint", error?.hint)
        }
    }
}

extension PackageTrust {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("level", level.rawValue)
            writer.member("fingerprint", fingerprint)
            writer.member("key_name", keyName)
        }
    }
}
