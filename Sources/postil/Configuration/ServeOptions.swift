internal import ArgumentParser

/// What `serve` takes; each value may also come from the environment or a file.
struct ServeOptions: ParsableArguments {
    @Option(help: "Folder with everything that lasts; made when it is not there. (default: data)")
    var dataDir: String?

    @Option(help: "Address to listen on. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "Port to listen on; 0 chooses a free one. (default: 8080)")
    var port: Int?

    @Option(
        help: ArgumentHelp(
            "Database: sqlite:PATH. (default: a file in the data folder)",
            valueName: "url"
        )
    )
    var database: String?

    @Option(help: "Folder with plugins, beside those of the installation. May be repeated.")
    var pluginDir: [String] = []

    @Option(
        help:
            "Sources of a plugin, or a folder of such: built and loaded as they change, and allowed. May be repeated."
    )
    var pluginDev: [String] = []

    @Option(
        help: ArgumentHelp(
            "Packages of plugins are installed that are at least: unsigned, signed or trusted. (default: unsigned)",
            valueName: "level"
        )
    )
    var pluginTrust: String?

    @Option(help: "Folder below which tasks may refer to files. May be repeated.")
    var mediaRoot: [String] = []

    @Option(
        name: .customLong("public-url"),
        help: ArgumentHelp(
            "Address under which browsers reach the server. With https, cookies are Secure.",
            valueName: "url"
        )
    )
    var publicURL: String?

    @Option(
        help: ArgumentHelp(
            "IP address of a proxy whose X-Forwarded-For is believed. May be repeated.",
            valueName: "address"
        )
    )
    var trustedProxy: [String] = []

    @Option(
        help: ArgumentHelp(
            "Network that webhooks and storages may be in although it is not public, such as 10.0.0.0/8 or 127.0.0.1. May be repeated.",
            valueName: "network"
        )
    )
    var allowOutbound: [String] = []

    @Option(help: "trace, debug, info, notice, warning, error or critical. (default: info)")
    var logLevel: String?

    @Option(help: "Largest task of an import, in bytes. (default: 268435456)")
    var maxTaskBytes: Int?

    @Option(help: "Folder with the web app. (default: the installation's)")
    var webDir: String?

    @Option(help: "JSON file with settings; keys are the options' names in camelCase.")
    var config: String?
}
