/// Takes packages of plugins in: verifies them, and puts what is sound beside what is installed.
///
/// 1. An archive arrives as a file, in ``incomingFolder`` when it comes over the network.
/// 2. ``install(archive:)`` verifies it and moves its content to `<id>/<version>/` in one step; a
///    package that is refused leaves nothing behind.
/// 3. The catalog notices the new folder by itself. Nothing of the plugin's code runs here.
public protocol PluginInstaller: Sendable {
    /// Folder for archives on their way in, on the file system of the plugins.
    var incomingFolder: String { get }

    /// Verifies an archive and installs it when every step has passed.
    ///
    /// - Returns: What was found; ``PackageReport/failure`` says why nothing was installed.
    func install(archive path: String) async -> PackageReport

    /// The same for a package's folder.
    func install(folder path: String) async -> PackageReport
}
