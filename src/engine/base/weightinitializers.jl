# WeightInitializers: how weights begin, as functions of a source of random numbers, an element type and sizes, each of which but sizes may be left out.
module WeightInitializers
using LinearAlgebra, Random, Statistics
import ..Flux
export zeros16, ones16, rand16, randn16, zeros32, ones32, rand32, randn32, zeros64, ones64, rand64, randn64, glorot_normal, glorot_uniform, kaiming_normal, kaiming_uniform,
    truncated_normal, orthogonal, sparse_init, identity_init

# Each is `make(rng, T, sizes; options)`; `asked` fills in what a caller left out, and without sizes gives a function of them.
asked(make, options, args::Tuple{}) = (args...; more...) -> asked(make, merge(NamedTuple(options), NamedTuple(more)), args)
asked(make, options, (T,)::Tuple{Type}) = (args...; more...) -> asked(make, merge(NamedTuple(options), NamedTuple(more)), typed(T, args))
asked(make, options, (rng,)::Tuple{AbstractRNG}) = (args...; more...) -> asked(make, merge(NamedTuple(options), NamedTuple(more)), (rng, args...))
asked(make, options, (rng, T)::Tuple{AbstractRNG,Type}) = (args...; more...) -> asked(make, merge(NamedTuple(options), NamedTuple(more)), (rng, T, args...))
asked(make, options, sizes::Tuple{Integer,Vararg{Integer}}) = make(Random.default_rng(), Float32, sizes; options...)
asked(make, options, args::Tuple{Type,Integer,Vararg{Integer}}) = make(Random.default_rng(), args[1], Base.tail(args); options...)
asked(make, options, args::Tuple{AbstractRNG,Integer,Vararg{Integer}}) = make(args[1], Float32, Base.tail(args); options...)
asked(make, options, args::Tuple{AbstractRNG,Type,Integer,Vararg{Integer}}) = make(args[1], args[2], Base.tail(Base.tail(args)); options...)
"A source of random numbers comes before the type."
typed(T, args) = (T, args...)
typed(T, args::Tuple{AbstractRNG,Vararg{Any}}) = (args[1], T, Base.tail(args)...)

"Uniform and normal numbers whose spread is that of Glorot and Bengio, or of He."
glorot_uniform(args...; options...) = asked(uniform_between, options, args)
glorot_normal(args...; options...) = asked(normal_between, options, args)
kaiming_uniform(args...; options...) = asked(uniform_into, options, args)
kaiming_normal(args...; options...) = asked(normal_into, options, args)
uniform_between(rng, T, sizes; gain=1) = (rand(rng, T, sizes...) .- T(0.5)) .* (T(gain) * sqrt(T(24) / sum(Flux.nfan(sizes...))))
normal_between(rng, T, sizes; gain=1) = randn(rng, T, sizes...) .* (T(gain) * sqrt(T(2) / sum(Flux.nfan(sizes...))))
uniform_into(rng, T, sizes; gain=sqrt(2)) = (rand(rng, T, sizes...) .- T(0.5)) .* (2 * sqrt(T(3)) * T(gain) / sqrt(T(first(Flux.nfan(sizes...)))))
normal_into(rng, T, sizes; gain=sqrt(2)) = randn(rng, T, sizes...) .* (T(gain) / sqrt(T(first(Flux.nfan(sizes...)))))
"Normal numbers between two bounds."
truncated_normal(args...; options...) = asked(normal_within, options, args)
function normal_within(rng, T, sizes; mean=0, std=1, lo=-2, hi=2)
    inside() = (z = mean + std * randn(rng); while !(lo <= z <= hi) z = mean + std * randn(rng) end; z)
    T[inside() for _ in CartesianIndices(sizes)]
end
"Orthonormal rows or columns, whichever are fewer."
orthogonal(args...; options...) = asked(orthonormal, options, args)
orthonormal(rng, T, sizes; gain=1) = convert(Array{T}, Flux.orthogonal(rng, sizes...; gain))
"Normal numbers, and a share of zeros in each column."
sparse_init(args...; options...) = asked(partly_zero, options, args)
partly_zero(rng, T, sizes; sparsity, std=0.01) = convert(Array{T}, Flux.sparse_init(rng, sizes...; sparsity, std))
"The identity as a weight: of a matrix, or in the middle of a kernel."
identity_init(args...; options...) = asked(unit, options, args)
unit(rng, T, sizes; gain=1, shift=0) = length(sizes) == 2 ? T[i == j + shift ? gain : 0 for i in 1:sizes[1], j in 1:sizes[2]] : convert(Array{T}, Flux.identity_init(sizes...; gain))

zeros_of(rng, T, sizes) = zeros(T, sizes...)
ones_of(rng, T, sizes) = ones(T, sizes...)
rand_of(rng, T, sizes) = rand(rng, T, sizes...)
randn_of(rng, T, sizes) = randn(rng, T, sizes...)
"Zeros, ones, uniform and normal numbers of one type."
zeros16(args...) = asked(zeros_of, (;), typed(Float16, args))
zeros32(args...) = asked(zeros_of, (;), typed(Float32, args))
zeros64(args...) = asked(zeros_of, (;), typed(Float64, args))
ones16(args...) = asked(ones_of, (;), typed(Float16, args))
ones32(args...) = asked(ones_of, (;), typed(Float32, args))
ones64(args...) = asked(ones_of, (;), typed(Float64, args))
rand16(args...) = asked(rand_of, (;), typed(Float16, args))
rand32(args...) = asked(rand_of, (;), typed(Float32, args))
rand64(args...) = asked(rand_of, (;), typed(Float64, args))
randn16(args...) = asked(randn_of, (;), typed(Float16, args))
randn32(args...) = asked(randn_of, (;), typed(Float32, args))
randn64(args...) = asked(randn_of, (;), typed(Float64, args))
end
