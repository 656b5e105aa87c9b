/*
 * Random choices that are the same for the same seed.
 */
export class Random {
	#state;

	constructor(seed) {
		this.#state = seed >>> 0;
	}

	/** The generator of mulberry32. */
	next() {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let t = this.#state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	}

	below(limit) {
		return Math.floor(this.next() * limit);
	}

	between(low, high) {
		return low + this.below(high - low + 1);
	}

	chance(probability) {
		return this.next() < probability;
	}

	pick(list) {
		return list[this.below(list.length)];
	}

	/** Picks by weight from pairs of weight and value. */
	weighted(pairs) {
		let rest = this.next() * pairs.reduce((sum, [weight]) => sum + weight, 0);
		return pairs.find(([weight]) => (rest -= weight) < 0)?.[1] ?? pairs.at(-1)[1];
	}

	bytes(length) {
		return Buffer.from(Array.from({ length }, () => this.below(256)));
	}

	times(low, high, make) {
		return Array.from({ length: this.between(low, high) }, (_, i) => make(i));
	}
}
