package import CPostilPlugin

// What the plugin host needs, and nobody else: batches as C sees them.

extension ValueBatch {
    /// Runs `body` with the batch in the form that crosses to a plugin.
    package func withABI<Answer, Failure: Error>(
        _ body: (UnsafePointer<postil_batch_t>) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        unsafe try withBatch(body)
    }
}

extension ValueTree {
    /// Runs `body` with the tree as a batch of one root.
    package func withABI<Answer, Failure: Error>(
        _ body: (UnsafePointer<postil_batch_t>) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        unsafe try ValueBatch(storage: storage, sequence: 0).withBatch(body)
    }
}
