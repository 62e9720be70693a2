public import Contracts

/// What the service needs from outside, made once by the composition root.
public struct ServiceEnvironment: Sendable {
    public let storage: any Storage
    public let catalog: any PluginCatalog
    public let installer: any PluginInstaller
    public let clock: any WallClock
    public let passwords: any PasswordHasher
    /// SHA-256 of some bytes: 32 bytes.
    public let sha256: @Sendable ([UInt8]) -> [UInt8]
    public let uploads: UploadArea
    /// Where exports lie that are kept as files, like uploads.
    public let exportArea: UploadArea
    /// Where files lie that were made of media and can be made again.
    public let derivedFolder: String
    /// Absolute paths of the folders that media may be read from.
    public let mediaRoots: [String]
    public let limits: ServiceLimits
    /// The way to other servers.
    public let outbound: any OutboundClient
    /// Opens buckets of object stores.
    public let buckets: any BucketOpener

    public init(
        storage: any Storage,
        catalog: any PluginCatalog,
        installer: any PluginInstaller,
        clock: any WallClock,
        passwords: any PasswordHasher,
        sha256: @escaping @Sendable ([UInt8]) -> [UInt8],
        uploads: UploadArea,
        exportArea: UploadArea,
        derivedFolder: String,
        mediaRoots: [String] = [],
        limits: ServiceLimits = ServiceLimits(),
        outbound: any OutboundClient = ClosedOutbound(),
        buckets: any BucketOpener = NoBuckets()
    ) {
        self.storage = storage
        self.catalog = catalog
        self.installer = installer
        self.clock = clock
        self.passwords = passwords
        self.sha256 = sha256
        self.uploads = uploads
        self.exportArea = exportArea
        self.derivedFolder = derivedFolder
        self.mediaRoots = mediaRoots
        self.limits = limits
        self.outbound = outbound
        self.buckets = buckets
    }
}
