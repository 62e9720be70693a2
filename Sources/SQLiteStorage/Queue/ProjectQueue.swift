import LabelModel

/// The tasks of one project that wait for annotators, and who has which of them; in memory.
///
/// Candidates stand in the order in which they are handed out. Two bounds keep a search short:
/// below `firstFree` no candidate has a free slot, and below a user's own frontier none of those
/// that have one is new to the user. Whatever makes a slot free again lowers both.
struct ProjectQueue {
    /// A task that a user has for a while.
    struct Lease: Hashable, Sendable {
        let task: TaskID
        let token: String
        var expiresAt: Timestamp
        let reason: String
    }

    private struct Expiry {
        let user: UserID
        let task: TaskID
        let at: Timestamp
    }

    private(set) var rules: QueueRules?
    /// Counts the resets, so that what was loaded before one is not taken after it.
    private(set) var generation = 0
    /// Where to load more candidates from.
    private(set) var supply: QueueSupply?

    private var candidates: [QueueCandidate] = []
    /// The place of `candidates[0]`; places only grow.
    private var firstPlace = 0
    private var places: [TaskID: Int] = [:]
    private var firstFree = 0
    private var frontiers: [UserID: Int] = [:]

    private var leases: [UserID: Lease] = [:]
    private var holders: [TaskID: [UserID]] = [:]
    /// In the order of their moments, since all leases last equally long.
    ///
    /// A lease that was extended has an entry that comes too early; it is put back when that is
    /// seen.
    private var expiries = FirstInFirstOut<Expiry>()

    private var endPlace: Int { firstPlace + candidates.count }
    private var skipsCount: Bool { rules?.skipsCount ?? false }

    /// Candidates that nobody has come to yet, about.
    var untouchedCount: Int { endPlace - firstFree }

    // MARK: Leases

    /// The lease that a user has.
    func lease(of user: UserID) -> Lease? { leases[user] }

    /// The first candidate with a free slot that is new to the user.
    mutating func firstCandidate(for user: UserID) -> TaskID? {
        guard rules != nil else { return nil }
        var place = max(firstPlace, firstFree, frontiers[user] ?? 0)
        var isAtFirstFree = place == firstFree
        while place < endPlace {
            let candidate = candidates[place - firstPlace]
            if candidate.freeSlots(skipsCount: skipsCount) > 0 {
                isAtFirstFree = false
                if candidate.isNew(to: user) {
                    frontiers[user] = place
                    return candidate.task
                }
            } else if isAtFirstFree {
                firstFree = place + 1
            }
            place += 1
        }
        frontiers[user] = endPlace
        return nil
    }

    /// Gives the user a lease of a task, when it has a free slot and the user has not answered it.
    ///
    /// - Returns: False when it cannot be given.
    mutating func take(_ lease: Lease, for user: UserID) -> Bool {
        guard let place = places[lease.task] else { return false }
        let candidate = candidates[place - firstPlace]
        guard candidate.freeSlots(skipsCount: skipsCount) > 0,
            !candidate.answered.contains(user)
        else { return false }
        drop(leaseOf: user)
        leases[user] = lease
        holders[lease.task, default: []].append(user)
        recountLeases(at: place)
        expiries.append(Expiry(user: user, task: lease.task, at: lease.expiresAt))
        return true
    }

    /// Lets a user keep a lease for longer.
    ///
    /// - Returns: False when the user has none of this task.
    mutating func extend(_ task: TaskID, for user: UserID, until moment: Timestamp) -> Bool {
        guard leases[user]?.task == task else { return false }
        leases[user]?.expiresAt = moment
        return true
    }

    /// Takes the lease of a task from a user who has it.
    mutating func release(_ task: TaskID, for user: UserID) {
        guard leases[user]?.task == task else { return }
        drop(leaseOf: user)
    }

    /// Takes away what has expired.
    mutating func expire(at now: Timestamp) {
        while let next = expiries.first, next.at <= now {
            expiries.removeFirst()
            guard let lease = leases[next.user], lease.task == next.task else { continue }
            if lease.expiresAt <= now {
                drop(leaseOf: next.user)
            } else {
                expiries.append(
                    Expiry(user: next.user, task: next.task, at: lease.expiresAt)
                )
            }
        }
    }

    private mutating func drop(leaseOf user: UserID) {
        guard let lease = leases.removeValue(forKey: user) else { return }
        holders[lease.task]?.removeAll { $0 == user }
        if holders[lease.task]?.isEmpty == true { holders[lease.task] = nil }
        guard let place = places[lease.task] else { return }
        recountLeases(at: place)
        wake(place)
    }

    private mutating func recountLeases(at place: Int) {
        let candidate = candidates[place - firstPlace]
        let waiting = holders[candidate.task]?.filter { !candidate.answered.contains($0) }
        candidates[place - firstPlace].leases = waiting?.count ?? 0
    }

    /// Makes searches look at a place again.
    private mutating func wake(_ place: Int) {
        firstFree = min(firstFree, place)
        for (user, frontier) in frontiers where frontier > place { frontiers[user] = place }
    }

    // MARK: Candidates

    /// Takes in what was loaded; tasks that are there already stay where they are.
    ///
    /// - Returns: How many were new.
    mutating func add(_ loaded: [QueueCandidate]) -> Int {
        let before = endPlace
        for candidate in loaded where places[candidate.task] == nil {
            let place = endPlace
            candidates.append(candidate)
            places[candidate.task] = place
            if holders[candidate.task] != nil { recountLeases(at: place) }
        }
        return endPlace - before
    }

    mutating func resupply(_ supply: QueueSupply, _ rules: QueueRules) {
        self.supply = supply
        self.rules = rules
    }

    /// Takes in who has answered a task now.
    mutating func apply(_ answer: QueueEvent.Answer) {
        if answer.isLabeled { remove(answer.task) }
        if let user = answer.freed { release(answer.task, for: user) }
        guard !answer.isLabeled else { return }
        guard let place = places[answer.task] else {
            if answer.isReopened { _ = add([QueueCandidate(answer)]) }
            return
        }
        let before = candidates[place - firstPlace]
        var after = before
        after.overlap = answer.overlap
        after.answered = answer.answered
        after.skipped = answer.skipped
        candidates[place - firstPlace] = after
        recountLeases(at: place)
        after = candidates[place - firstPlace]
        let hasMoreRoom =
            after.freeSlots(skipsCount: skipsCount) > before.freeSlots(skipsCount: skipsCount)
        let isNewToSomeone = (before.answered + before.skipped).contains { after.isNew(to: $0) }
        if hasMoreRoom || isNewToSomeone { wake(place) }
    }

    /// Takes a task out; leases of it stay until they are given back or expire.
    mutating func remove(_ task: TaskID) {
        guard let place = places.removeValue(forKey: task) else { return }
        candidates[place - firstPlace].isGone = true
        closeUp()
    }

    /// Forgets all candidates, and keeps the leases.
    mutating func reset() {
        generation += 1
        rules = nil
        supply = nil
        firstPlace = endPlace
        candidates.removeAll()
        firstFree = firstPlace
        places.removeAll()
        frontiers.removeAll()
    }

    /// Lets go of the places at the front that are gone, when there are many.
    private mutating func closeUp() {
        let portion = 1_024
        guard candidates.count >= portion, candidates[portion / 2].isGone else { return }
        let goneCount = candidates.prefix { $0.isGone }.count
        guard goneCount >= portion else { return }
        candidates.removeFirst(goneCount)
        firstPlace += goneCount
        firstFree = max(firstFree, firstPlace)
    }
}

extension QueueCandidate {
    init(_ answer: QueueEvent.Answer) {
        self.init(
            task: answer.task,
            overlap: answer.overlap,
            answered: answer.answered,
            skipped: answer.skipped
        )
    }
}
