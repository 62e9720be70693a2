import Contracts
import PluginHost

/// A plugin that is being written: built anew whenever its sources have come to rest after a
/// change.
///
/// Made once for a folder; ``step()`` is then called again and again.
public struct DevelopedPlugin: Sendable {
    /// What one look at the sources led to.
    public enum Step: Sendable {
        /// Nothing has changed, or it is changing right now.
        case resting
        case built(PluginBuilder.Package)
        case failed(AuthoringError)
    }

    public let folder: String
    private let output: String
    private let builder: PluginBuilder
    private let hostVersion: String
    private var seen: SourceFingerprint?
    private var handled: SourceFingerprint?

    /// - Parameters:
    ///   - folder: Absolute path of sources, or of a package without any.
    ///   - output: Plugin directory that gets the package.
    ///   - toolkit: Compilers and headers.
    ///   - hostVersion: Of the host that will load it.
    public init(folder: String, output: String, toolkit: PluginToolkit, hostVersion: String) {
        self.folder = folder
        self.output = output
        self.hostVersion = hostVersion
        builder = PluginBuilder(toolkit: toolkit)
    }

    /// The plugins of a folder: itself, or each folder in it that holds a manifest.
    public static func folders(in folder: String) -> [String] {
        if Folder.exists(folder + "/manifest.json") { return [folder] }
        return Folder.names(folder).map { folder + "/" + $0 }
            .filter { Folder.exists($0 + "/manifest.json") }
    }

    /// Looks at the sources and builds when they have changed and are the same as at the last
    /// look, so that a half-written file is not compiled.
    ///
    /// Compilers may take their time; call it where blocking does no harm.
    public mutating func step() -> Step {
        let now = SourceFingerprint(of: folder)
        defer { seen = now }
        guard !now.isEmpty, now == seen, now != handled else { return .resting }
        handled = now
        do throws(AuthoringError) {
            return .built(try build())
        } catch {
            return .failed(error)
        }
    }

    private func build() throws(AuthoringError) -> PluginBuilder.Package {
        if PluginBuilder.isSource(folder) { return try builder.build(folder, into: output) }
        let inspection = PluginInspection(folder: folder, hostVersion: hostVersion)
        guard let plugin = inspection.plugin, inspection.refusal == nil else {
            throw AuthoringError(
                .packageRefused,
                inspection.refusal?.message ?? "\(folder) holds no plugin.",
                hint: inspection.refusal?.hint
            )
        }
        let target = "\(output)/\(plugin.id)/\(plugin.version)"
        let copy = "\(output)/\(plugin.id)/.copying"
        Folder.remove(copy)
        try Folder.make("\(output)/\(plugin.id)")
        try Folder.copy(folder, to: copy)
        Folder.remove(target)
        try Folder.move(copy, to: target)
        return PluginBuilder.Package(folder: target, id: plugin.id, version: plugin.version)
    }
}
