internal import Contracts
internal import LabelingService
internal import PluginAuthoring

/// Why a command did not do its work, as the person at the terminal is told.
///
/// ArgumentParser prints the description after `Error: ` and ends with exit code 1.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ message: String, hint: String? = nil) {
        description = hint.map { "\(message) \($0)" } ?? message
    }

    init(_ error: ServiceError) {
        self.init(error.message, hint: error.hint)
    }

    init(_ error: StorageError) {
        self.init(error.message, hint: error.cause.map { "(\($0))" })
    }

    init(_ error: PluginError) {
        self.init(error.message, hint: error.hint)
    }

    init(_ error: AuthoringError) {
        self.init(error.message, hint: error.hint)
    }

    /// Runs something and tells what the parts of the program throw in their own words.
    static func telling<Result>(_ work: () async throws -> Result) async throws -> Result {
        do {
            return try await work()
        } catch let error as ServiceError {
            throw CommandFailure(error)
        } catch let error as StorageError {
            throw CommandFailure(error)
        } catch let error as PluginError {
            throw CommandFailure(error)
        } catch let error as AuthoringError {
            throw CommandFailure(error)
        }
    }
}
