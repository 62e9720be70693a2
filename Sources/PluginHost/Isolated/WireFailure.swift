import CPluginWire
import Contracts
import Glibc

/// Failures of the system below the wire: no memory, no descriptors.
enum WireFailure {
    /// - Returns: `answer` when it is no negated error number.
    static func check(_ answer: Int32) throws(PluginError) -> Int32 {
        guard answer >= 0 else { throw error(-answer) }
        return answer
    }

    static func error(_ number: Int32) -> PluginError {
        PluginError(
            .callFailed,
            "The system gives no means for a plugin's process: "
                + "\(unsafe String(cString: strerror(number))).",
            hint: "Raise the limits of descriptors and memory, or end other work."
        )
    }

    static func close(_ descriptor: Int32) {
        if descriptor >= 0 { Glibc.close(descriptor) }
    }
}
