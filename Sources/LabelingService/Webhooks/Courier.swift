import Contracts
import LabelModel
import Synchronization
import ValueTree

/// Brings events to webhooks, in order for each project and webhook, until they have arrived.
///
/// 1. ``run()`` once, in the one process that serves a database.
/// 2. It takes up every lane whose time has come, several at once, each by one task.
/// 3. When its task is cancelled it begins nothing more and returns once what is on its way has
///    been answered, so that nothing arrives twice because of a restart.
public final class Courier: Sendable {
    /// Lanes that are worked on at once.
    private static let maxLanes = 16
    /// How often it looks for lanes that are due; new events make it look at once.
    private static let pulse = Duration.seconds(1)
    /// Seconds before the second attempt; each further pause is twice as long.
    private static let firstPause: Int64 = 1
    private static let longestPause: Int64 = 60
    /// Seconds after which a delivery is given up.
    private static let maxAge: Int64 = 3 * 86_400
    /// Ended deliveries of a webhook that are kept to look at.
    private static let keptRecords = 1_000

    private let environment: ServiceEnvironment
    private let post: EventPost
    private let busy = Mutex<Set<DeliveryLane>>([])
    private let isStopping = Atomic<Bool>(false)

    private var storage: any Storage { environment.storage }

    init(_ environment: ServiceEnvironment, setups: ProjectSetups) {
        self.environment = environment
        post = EventPost(environment, setups: setups)
    }

    /// Works until its task is cancelled.
    public func run() async {
        let (wakeups, waker) = AsyncStream.makeStream(
            of: Void.self,
            bufferingPolicy: .bufferingNewest(1)
        )
        await withTaskGroup(of: Void.self) { helpers in
            helpers.addTask { [storage] in
                for await _ in storage.deliveries.arrivals() { waker.yield() }
            }
            helpers.addTask {
                while !Task.isCancelled {
                    waker.yield()
                    try? await Task.sleep(for: Self.pulse)
                }
                waker.finish()
            }
            await work(wakeups, waker)
            helpers.cancelAll()
        }
    }

    private func work(
        _ wakeups: AsyncStream<Void>,
        _ waker: AsyncStream<Void>.Continuation
    ) async {
        // Not children of the group: a cancelled request might have arrived all the same.
        var workers: [DeliveryLane: Task<Void, Never>] = [:]
        for await _ in wakeups {
            let known = busy.withLock { $0 }
            workers = workers.filter { known.contains($0.key) }
            let lanes = try? await storage.deliveries.lanes(
                dueAt: environment.clock.now(),
                limit: Self.maxLanes * 4
            )
            for lane in lanes ?? [] where workers[lane] == nil && workers.count < Self.maxLanes {
                busy.withLock { _ = $0.insert(lane) }
                workers[lane] = Task {
                    await drain(lane)
                    busy.withLock { _ = $0.remove(lane) }
                    waker.yield()
                }
            }
        }
        isStopping.store(true, ordering: .relaxed)
        for worker in workers.values { await worker.value }
    }

    /// Delivers what waits in a lane, until it is empty or an attempt fails.
    private func drain(_ lane: DeliveryLane) async {
        do throws(StorageError) {
            guard let webhook = try await storage.webhooks.webhook(lane.webhook) else { return }
            while !isStopping.load(ordering: .relaxed),
                let delivery = try await storage.deliveries.first(in: lane)
            {
                guard try await deliver(delivery, to: webhook) else { return }
            }
            try await storage.deliveries.forgetEnded(
                of: lane.webhook,
                keeping: Self.keptRecords
            )
        } catch {
            // The store could not be asked: the lane is still due, and the next pulse tries again.
            return
        }
    }

    /// - Returns: False when the lane has to wait.
    private func deliver(
        _ delivery: Delivery,
        to webhook: Webhook
    ) async throws(StorageError) -> Bool {
        let outcome = await attempt(delivery, to: webhook)
        switch outcome {
        case .ended(let state, let attempt):
            try await storage.deliveries.end(delivery.id, as: state, attempt)
            return true
        case .failed(let attempt):
            let now = environment.clock.now()
            if now.microseconds - delivery.createdAt.microseconds > Self.maxAge * 1_000_000 {
                try await storage.deliveries.end(delivery.id, as: .abandoned, attempt)
                return true
            }
            let doublings = min(delivery.attempts, 6)
            let pause = min(Self.longestPause, Self.firstPause << doublings)
            try await storage.deliveries.postpone(
                delivery.id,
                until: now.adding(seconds: pause),
                attempt
            )
            return false
        }
    }

    private enum Outcome {
        case ended(DeliveryRecord.State, DeliveryAttempt)
        case failed(DeliveryAttempt)
    }

    private func attempt(_ delivery: Delivery, to webhook: Webhook) async -> Outcome {
        do throws(OutboundError) {
            let answer = try await post.send(
                delivery.action.rawValue,
                delivery.payload,
                of: delivery.lane.project,
                as: delivery.id.description,
                to: webhook.settings
            )
            let attempt = DeliveryAttempt(status: Int64(answer.status))
            if answer.isSuccess { return .ended(.delivered, attempt) }
            // What a receiver refuses once it refuses always; the rest can pass.
            let passes = [408, 425, 429].contains(answer.status)
            let isRefusal = (400..<500).contains(answer.status) && !passes
            return isRefusal ? .ended(.refused, attempt) : .failed(attempt)
        } catch {
            let attempt = DeliveryAttempt(status: nil, error: error.message)
            return error.code == .answerTooLarge
                ? .ended(.delivered, attempt) : .failed(attempt)
        }
    }
}

/// A number for each labeling config, by which receivers notice that it changed.
enum ConfigHash {
    static func of(_ config: String, _ environment: ServiceEnvironment) -> Int64 {
        environment.sha256(Array(config.utf8)).prefix(7).reduce(0) { $0 << 8 | Int64($1) }
    }
}
