import Glibc

/// An IP address as its bytes: 4 or 16 of them.
package struct NetworkAddress: Hashable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads `127.0.0.1` or `::1`; nil for anything else, also for the short forms of IPv4.
    package init?(_ text: String) {
        var four = in_addr()
        if unsafe inet_pton(AF_INET, text, &four) == 1 {
            bytes = unsafe withUnsafeBytes(of: &four) { unsafe Array($0) }
            return
        }
        var six = in6_addr()
        if unsafe inet_pton(AF_INET6, text, &six) == 1 {
            bytes = unsafe withUnsafeBytes(of: &six) { unsafe Array($0) }
            return
        }
        return nil
    }

    package var description: String {
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        unsafe bytes.withUnsafeBytes { address in
            _ = unsafe inet_ntop(family, address.baseAddress, &text, socklen_t(text.count))
        }
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
    }

    /// The IPv4 address that an IPv6 address stands for: mapped, translated (NAT64) or 6to4.
    package var embedded: NetworkAddress? {
        guard bytes.count == 16 else { return nil }
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10...11] == [0xFF, 0xFF]
        let isTranslated =
            bytes.prefix(4) == [0x00, 0x64, 0xFF, 0x9B] && bytes[4..<12].allSatisfy { $0 == 0 }
        if isMapped || isTranslated { return NetworkAddress(bytes: Array(bytes.suffix(4))) }
        if bytes.prefix(2) == [0x20, 0x02] { return NetworkAddress(bytes: Array(bytes[2..<6])) }
        return nil
    }

    /// All addresses of a host, found by the system's resolver, which blocks.
    package static func resolve(_ host: String) -> [NetworkAddress] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { unsafe freeaddrinfo(list) }
        var found: [NetworkAddress] = []
        var entry = unsafe list
        while let current = unsafe entry {
            if let address = unsafe NetworkAddress(current.pointee.ai_addr),
                !found.contains(address)
            {
                found.append(address)
            }
            unsafe entry = unsafe current.pointee.ai_next
        }
        return found
    }

    private init?(_ address: UnsafeMutablePointer<sockaddr>?) {
        guard let address = unsafe address else { return nil }
        switch unsafe Int32(address.pointee.sa_family) {
        case AF_INET:
            bytes = unsafe address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { pointer in
                unsafe withUnsafeBytes(of: pointer.pointee.sin_addr) { unsafe Array($0) }
            }
        case AF_INET6:
            bytes = unsafe address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                pointer in
                unsafe withUnsafeBytes(of: pointer.pointee.sin6_addr) { unsafe Array($0) }
            }
        default: return nil
        }
    }
}

/// A network: all addresses that begin with the same bits.
package struct AddressRange: Hashable, Sendable {
    private let address: NetworkAddress
    /// How many bits count.
    private let length: Int

    /// Reads `10.0.0.0/8`, or one address alone.
    package init?(_ text: String) {
        let pieces = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = pieces.first, let address = NetworkAddress(String(first)) else {
            return nil
        }
        let bits = address.bytes.count * 8
        guard let length = pieces.count == 1 ? bits : Int(pieces[1]), (0...bits).contains(length)
        else { return nil }
        self.address = address
        self.length = length
    }

    package func contains(_ other: NetworkAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        for (index, byte) in address.bytes.enumerated() {
            let counted = min(8, max(0, length - index * 8))
            let mask = counted == 0 ? 0 : UInt8.max << UInt8(8 - counted)
            guard byte & mask == other.bytes[index] & mask else { return false }
        }
        return true
    }
}
