internal import ArgumentParser
internal import Configuration
internal import Contracts
internal import FoundationEssentials
internal import Logging

/// Makes the one ``Settings`` value out of options, environment and file, in this order.
///
/// A key such as `dataDir` is `--data-dir`, `POSTIL_DATA_DIR` and `"dataDir"` in the file.
struct SettingsReader {
    private let reader: ConfigReader

    init(_ options: ServeOptions, environment: [String: String]) async throws {
        let variables = EnvironmentVariablesProvider(environmentVariables: environment)
            .prefixKeys(with: "postil")
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "options", values: Self.values(of: options)), variables,
        ]
        let file = ConfigReader(providers: providers).string(forKey: "config")
        if let file {
            providers.append(try await Self.fileProvider(path: AbsolutePath.of(file)))
        }
        reader = ConfigReader(providers: providers)
    }

    /// - Throws: `ValidationError` naming the setting that cannot be.
    func settings() throws -> Settings {
        let data = DataDirectory(reader.string(forKey: "dataDir", default: "data"))
        let port = try integer("port", default: 8080, in: 0...65_535)
        return Settings(
            dataDirectory: data,
            host: reader.string(forKey: "host", default: "127.0.0.1"),
            port: port,
            database: try reader.string(forKey: "database").map { try DatabaseAddress($0) }
                ?? .sqlite(path: data.database),
            pluginDirectories: paths("pluginDir"),
            pluginDevelopment: try folders("pluginDev", "--plugin-dev"),
            leastPluginTrust: try leastPluginTrust(),
            mediaRoots: try folders("mediaRoot", "--media-root"),
            publicURL: try publicURL(),
            logLevel: try logLevel(),
            trustedProxies: reader.stringArray(forKey: "trustedProxy", default: []),
            allowedOutbound: reader.stringArray(forKey: "allowOutbound", default: []),
            maxTaskBytes: try integer("maxTaskBytes", default: 256 << 20, in: 1024...(1 << 40)),
            webDirectory: AbsolutePath.of(
                reader.string(forKey: "webDir", default: Installation.webFiles)
            ),
            isTestMode: reader.bool(forKey: "testMode", default: false)
                || reader.int(forKey: "testMode") == 1
        )
    }

    // MARK: Single settings

    private func integer(
        _ key: ConfigKey,
        default standard: Int,
        in range: ClosedRange<Int>
    ) throws -> Int {
        let value = reader.int(forKey: key) ?? standard
        guard range.contains(value) else {
            throw ValidationError(
                "\(key) must lie between \(range.lowerBound) and \(range.upperBound)."
            )
        }
        return value
    }

    private func paths(_ key: ConfigKey) -> [String] {
        reader.stringArray(forKey: key, default: []).map(AbsolutePath.of)
    }

    /// Folders that have to be there.
    private func folders(_ key: ConfigKey, _ option: String) throws -> [String] {
        let folders = paths(key)
        for folder in folders where !FileManager.default.fileExists(atPath: folder) {
            throw ValidationError("\(option): there is no folder \(folder).")
        }
        return folders
    }

    private func leastPluginTrust() throws -> PackageTrust.Level {
        guard let text = reader.string(forKey: "pluginTrust") else { return .unsigned }
        guard let level = PackageTrust.Level(rawValue: text), level != .bundled else {
            throw ValidationError(
                "--plugin-trust: “\(text)” is none of unsigned, signed and trusted."
            )
        }
        return level
    }

    private func publicURL() throws -> String? {
        guard let text = reader.string(forKey: "publicURL") ?? reader.string(forKey: "publicUrl")
        else { return nil }
        let lowercased = text.lowercased()
        guard lowercased.hasPrefix("http://") || lowercased.hasPrefix("https://") else {
            throw ValidationError(
                "--public-url: “\(text)” begins with neither http:// nor https://."
            )
        }
        return text.trimmingSlash
    }

    private func logLevel() throws -> Logger.Level {
        guard let text = reader.string(forKey: "logLevel") else { return .info }
        guard let level = Logger.Level(rawValue: text) else {
            throw ValidationError("--log-level: “\(text)” is no level.")
        }
        return level
    }

    // MARK: Sources

    private static func values(of options: ServeOptions) -> [AbsoluteConfigKey: ConfigValue] {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        func set(_ key: String, _ content: ConfigContent?) {
            guard let content else { return }
            values[AbsoluteConfigKey([key])] = ConfigValue(content, isSecret: false)
        }
        func set(_ key: String, _ list: [String]) {
            if !list.isEmpty { set(key, .stringArray(list)) }
        }
        set("dataDir", options.dataDir.map { .string($0) })
        set("host", options.host.map { .string($0) })
        set("port", options.port.map { .int($0) })
        set("database", options.database.map { .string($0) })
        set("pluginDir", options.pluginDir)
        set("pluginDev", options.pluginDev)
        set("pluginTrust", options.pluginTrust.map { .string($0) })
        set("mediaRoot", options.mediaRoot)
        set("publicURL", options.publicURL.map { .string($0) })
        set("trustedProxy", options.trustedProxy)
        set("allowOutbound", options.allowOutbound)
        set("logLevel", options.logLevel.map { .string($0) })
        set("maxTaskBytes", options.maxTaskBytes.map { .int($0) })
        set("webDir", options.webDir.map { .string($0) })
        set("config", options.config.map { .string($0) })
        return values
    }

    private static func fileProvider(path: String) async throws -> any ConfigProvider {
        let location = ConfigReader(
            provider: InMemoryProvider(values: [
                AbsoluteConfigKey(["filePath"]): ConfigValue(.string(path), isSecret: false)
            ])
        )
        do {
            return try await FileProvider<JSONSnapshot>(config: location)
        } catch {
            throw ValidationError("The settings file \(path) cannot be read: \(error)")
        }
    }
}
