import Dispatch
import Synchronization

/// Chunks on their way from an exporter's thread, which may block, to a response, which must not.
///
/// One side sends, one side receives. The sender waits while `capacity` chunks lie unread, so a
/// slow client slows its exporter down and nothing else.
final class ChunkChannel: Sendable {
    private struct State {
        /// At most `capacity` of them, so taking the first one is cheap.
        var chunks: [[UInt8]] = []
        var end: End?
        var receiver: CheckedContinuation<Void, Never>?
    }

    private enum End {
        case finished
        case failed(ServiceError)
        /// The receiver went away.
        case abandoned
    }

    private let state = Mutex(State())
    // Made with 0 and raised: a semaphore below the value it was made with must not be let go.
    private let room = DispatchSemaphore(value: 0)

    init(capacity: Int) {
        for _ in 0..<capacity { room.signal() }
    }

    // MARK: The sender

    /// Hands a chunk over.
    ///
    /// Waits for room. Not for threads of the cooperative pool.
    ///
    /// - Returns: False when nobody will read it any more.
    func send(_ chunk: [UInt8]) -> Bool {
        room.wait()
        let receiver = state.withLock { state -> CheckedContinuation<Void, Never>?? in
            guard state.end == nil else { return .none }
            state.chunks.append(chunk)
            return .some(state.receiver.take())
        }
        guard let receiver else {
            room.signal()
            return false
        }
        receiver?.resume()
        return true
    }

    /// Ends the stream, once what was sent is read.
    func finish(_ failure: ServiceError? = nil) {
        end(failure.map { .failed($0) } ?? .finished)
    }

    /// True when the receiver went away.
    var isAbandoned: Bool {
        state.withLock { if case .abandoned = $0.end { true } else { false } }
    }

    // MARK: The receiver

    /// Gives up reading: the sender is told at its next chunk.
    func abandon() {
        end(.abandoned)
        room.signal()
    }

    /// Returns when there is something to read, or nothing will come any more.
    func waitForChunk() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if !state.chunks.isEmpty || state.end != nil { return true }
                    state.receiver = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            abandon()
        }
    }

    /// The next chunk, or nil at the end.
    func next() async throws(ServiceError) -> [UInt8]? {
        await waitForChunk()
        let (chunk, end) = state.withLock { state -> ([UInt8]?, End?) in
            state.chunks.isEmpty ? (nil, state.end) : (state.chunks.removeFirst(), nil)
        }
        if let chunk {
            room.signal()
            return chunk
        }
        switch end {
        case .failed(let failure): throw failure
        case .finished, .abandoned, nil: return nil
        }
    }

    /// What failed before a single chunk came, if anything did.
    var earlyFailure: ServiceError? {
        state.withLock { state in
            guard state.chunks.isEmpty, case .failed(let failure) = state.end else { return nil }
            return failure
        }
    }

    private func end(_ end: End) {
        let receiver = state.withLock { state in
            if state.end == nil { state.end = end }
            return state.receiver.take()
        }
        receiver?.resume()
    }
}
