/**
 * Keeps players of one task together: those that name each other by `sync` play, pause and seek as
 * one. Each member reports what a person did with it; the others follow.
 */

/**
 * @typedef {object} SyncMember
 * @property {string} name
 * @property {string} sync The name of another member, or of a group.
 * @property {(time: number) => void} seek Seconds.
 * @property {(time: number) => void} play
 * @property {(time: number) => void} pause
 * @property {(speed: number) => void} [setSpeed]
 */

/** @typedef {"seek" | "play" | "pause"} SyncAct */

export class SyncHub {
  /** @type {Set<SyncMember>} */
  #members = new Set();
  /** A member that follows must not lead in the same breath. */
  #isFollowing = false;

  /** @param {SyncMember} member @returns {() => void} Leaves. */
  join(member) {
    this.#members.add(member);
    return () => this.#members.delete(member);
  }

  /** @param {SyncMember} from */
  hasFollowers(from) {
    return this.#followers(from).length > 0;
  }

  /** @param {SyncMember} from @param {SyncAct} act @param {number} time Seconds. */
  tell(from, act, time) {
    this.#each(from, (member) => member[act](time));
  }

  /** @param {SyncMember} from @param {number} speed */
  tellSpeed(from, speed) {
    this.#each(from, (member) => member.setSpeed?.(speed));
  }

  /** @param {SyncMember} from @param {(member: SyncMember) => void} act */
  #each(from, act) {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    try {
      for (const member of this.#followers(from)) act(member);
    } finally {
      this.#isFollowing = false;
    }
  }

  /**
   * Everyone that can be reached by naming each other.
   * @param {SyncMember} from @returns {SyncMember[]}
   */
  #followers(from) {
    const reached = new Set([from]);
    for (const one of reached) {
      for (const other of this.#members) if (areTogether(one, other)) reached.add(other);
    }
    reached.delete(from);
    return [...reached];
  }
}

/** @param {SyncMember} a @param {SyncMember} b */
const areTogether = (a, b) =>
  (a.sync !== "" && (a.sync === b.name || a.sync === b.sync)) ||
  (b.sync !== "" && b.sync === a.name);
