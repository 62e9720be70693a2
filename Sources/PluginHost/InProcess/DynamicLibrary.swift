import Contracts
import Glibc

/// A shared library in this process, never closed: runtimes of several languages keep pointers
/// into their libraries, and closing one of those crashes later.
@safe struct DynamicLibrary: Sendable {
    /// `dlopen` handles may be used from any thread (POSIX.1-2017), so sharing one is safe.
    private nonisolated(unsafe) let handle: UnsafeMutableRawPointer

    /// Loads the library.
    ///
    /// Its constructors run now, on this thread.
    init(path: String) throws(PluginError) {
        guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) else {
            throw PluginError(
                .notLoadable,
                "The library cannot be loaded: \(Self.reason()).",
                hint: "ldd shows which libraries it needs."
            )
        }
        unsafe self.handle = unsafe handle
    }

    /// The address of an exported symbol; `nil` when the library has none of that name.
    func address(of symbol: String) -> UnsafeMutableRawPointer? {
        unsafe dlsym(handle, symbol)
    }

    private static func reason() -> String {
        guard let text = unsafe dlerror() else { return "unknown reason" }
        return unsafe String(cString: text)
    }
}
