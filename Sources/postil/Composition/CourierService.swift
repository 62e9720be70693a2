internal import LabelingService
internal import ServiceLifecycle

/// The delivery of events as a service of the daemon.
struct CourierService: Service {
    let courier: Courier

    func run() async throws {
        await cancelWhenGracefulShutdown { await courier.run() }
    }
}
