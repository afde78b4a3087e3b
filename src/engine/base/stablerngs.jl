# StableRNGs: a generator whose numbers do not change from release to release. The numbers are the engine's own, not the package's.
module StableRNGs
import ..Random
export StableRNG, LehmerRNG

struct LehmerRNG <: Base.__OwnRNG
    number::Int64
    LehmerRNG(number::Int64, ::Nothing) = new(number)
end
const StableRNG = LehmerRNG
LehmerRNG(seed::Integer) = (checked(seed); Random.seeded(k -> LehmerRNG(k, nothing), seed))
checked(seed) = seed >= 0 ? nothing : throw(ArgumentError("seed must be non-negative"))
Random.seed!(rng::LehmerRNG, seed::Integer) = (checked(seed); Random.reseeded(rng, seed))
Base.copy(rng::LehmerRNG) = LehmerRNG(Random.copied(rng), nothing)
Base.:(==)(a::LehmerRNG, b::LehmerRNG) = Random.draws_alike(copy(a), copy(b))
end
