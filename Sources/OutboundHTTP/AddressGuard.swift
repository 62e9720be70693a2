import Contracts
import Dispatch

/// Decides which addresses may be asked.
///
/// A name is resolved here, and the connection then goes to the address that was checked: a name
/// that answers differently the second time gains nothing.
struct AddressGuard: Sendable {
    /// Networks that are never the public internet (RFC 6890 and its successors).
    private static let closed: [AddressRange] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/128", "::1/128", "100::/64", "2001::/32", "2001:db8::/32", "fc00::/7", "fe80::/10",
        "fec0::/10", "ff00::/8",
    ].compactMap { AddressRange($0) }

    let allowed: [AddressRange]

    func allows(_ address: NetworkAddress) -> Bool {
        if allowed.contains(where: { $0.contains(address) }) { return true }
        if Self.closed.contains(where: { $0.contains(address) }) { return false }
        return address.embedded.map { allows($0) } ?? true
    }

    /// The address to connect to for a host.
    ///
    /// - Throws: ``OutboundError`` `nameUnknown`, or `addressRefused` when one of its addresses may
    ///   not be asked: which one is taken must not be left to chance.
    func address(of host: String) async throws(OutboundError) -> NetworkAddress {
        let literal = NetworkAddress(host.trimmingBrackets)
        let found: [NetworkAddress] =
            if let literal { [literal] } else { await Self.resolve(host) }
        guard let first = found.first else {
            throw OutboundError(.nameUnknown, "The host \(host) is not known.")
        }
        for address in found where !allows(address) {
            throw OutboundError(
                .addressRefused,
                "\(host) is an address of this machine or of a private network. "
                    + "An administrator can allow it with --allow-outbound \(address).",
                cause: address.description
            )
        }
        return first
    }

    private static func resolve(_ host: String) async -> [NetworkAddress] {
        await withCheckedContinuation { continuation in
            // The resolver blocks, for seconds when a server of names is silent.
            DispatchQueue.global().async {
                continuation.resume(returning: NetworkAddress.resolve(host))
            }
        }
    }
}

extension String {
    /// `::1` of `[::1]`.
    var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
    }
}
