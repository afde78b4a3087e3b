# ADTypes: names for the packages that can take a derivative, with their settings.
module ADTypes

export AbstractADType, AutoEnzyme, AutoForwardDiff, AutoPolyesterForwardDiff, AutoReverseDiff, AutoZygote, AutoFiniteDiff
export AutoFiniteDifferences, AutoMooncake, AutoTracker, AutoDiffractor, AutoChainRules, AutoSparse, NoAutoDiff
export AbstractSparsityDetector, KnownJacobianSparsityDetector, KnownHessianSparsityDetector, jacobian_sparsity, hessian_sparsity, AbstractColoringAlgorithm

abstract type AbstractADType end

"In which direction a backend works."
abstract type AbstractMode end
struct ForwardMode <: AbstractMode end
struct ReverseMode <: AbstractMode end
struct ForwardOrReverseMode <: AbstractMode end

"Enzyme, in the given mode; forward or reverse as the operator likes when there is none. `A` annotates the function."
struct AutoEnzyme{M,A} <: AbstractADType
    mode::M
    AutoEnzyme{M,A}(mode::M) where {M,A} = new{M,A}(mode)
end
AutoEnzyme(; mode = nothing, function_annotation = Nothing) = enzyme_backend(mode, function_annotation)
enzyme_backend(mode::M, ::Type{A}) where {M,A} = AutoEnzyme{M,A}(mode)

"ForwardDiff, for chunks of a given size and a given tag; neither matters to this engine."
struct AutoForwardDiff{chunksize,T} <: AbstractADType
    tag::T
    AutoForwardDiff{C,T}(tag::T) where {C,T} = new{C,T}(tag)
end
AutoForwardDiff(; chunksize = nothing, tag = nothing) = forward_backend(Val(chunksize), tag)
AutoForwardDiff{C}(tag::T) where {C,T} = AutoForwardDiff{C,T}(tag)
forward_backend(::Val{C}, tag::T) where {C,T} = AutoForwardDiff{C,T}(tag)
struct AutoPolyesterForwardDiff{chunksize,T} <: AbstractADType
    tag::T
    AutoPolyesterForwardDiff{C,T}(tag::T) where {C,T} = new{C,T}(tag)
end
AutoPolyesterForwardDiff(; chunksize = nothing, tag = nothing) = polyester_backend(Val(chunksize), tag)
polyester_backend(::Val{C}, tag::T) where {C,T} = AutoPolyesterForwardDiff{C,T}(tag)

"ReverseDiff, with or without a compiled tape."
struct AutoReverseDiff{C} <: AbstractADType
    compile::Bool
    AutoReverseDiff{C}(compile::Bool) where {C} = new{C}(compile)
end
AutoReverseDiff(; compile::Union{Val,Bool} = Val(false)) = reverse_backend(compile)
reverse_backend(::Val{C}) where {C} = AutoReverseDiff{C}(C)
reverse_backend(compile::Bool) = compile ? AutoReverseDiff{true}(true) : AutoReverseDiff{false}(false)

struct AutoZygote <: AbstractADType end
struct AutoTracker <: AbstractADType end
struct AutoDiffractor <: AbstractADType end
struct AutoMooncake{C} <: AbstractADType
    config::C
end
AutoMooncake(; config = nothing) = AutoMooncake(config)
struct AutoChainRules{RC} <: AbstractADType
    ruleconfig::RC
end
AutoChainRules(; ruleconfig) = AutoChainRules(ruleconfig)

"Numerical differences as FiniteDiff takes them."
struct AutoFiniteDiff{T1,T2,T3,S1,S2,S3} <: AbstractADType
    fdtype::T1
    fdjtype::T2
    fdhtype::T3
    relstep::S1
    absstep::S2
    dir::S3
end
function AutoFiniteDiff(; fdtype = Val(:forward), fdjtype = fdtype, fdhtype = Val(:hcentral), relstep = nothing, absstep = nothing, dir = true)
    AutoFiniteDiff(fdtype, fdjtype, fdhtype, relstep, absstep, dir)
end
"Numerical differences as FiniteDifferences takes them, by the given method."
struct AutoFiniteDifferences{T} <: AbstractADType
    fdm::T
end
AutoFiniteDifferences(; fdm) = AutoFiniteDifferences(fdm)

"What says where a matrix of derivatives may be other than zero."
abstract type AbstractSparsityDetector end
struct NoSparsityDetector <: AbstractSparsityDetector end
struct KnownJacobianSparsityDetector{S<:AbstractMatrix} <: AbstractSparsityDetector
    jacobian_sparsity::S
end
struct KnownHessianSparsityDetector{S<:AbstractMatrix} <: AbstractSparsityDetector
    hessian_sparsity::S
end
"The pattern of a matrix of derivatives."
jacobian_sparsity(f, x, ::NoSparsityDetector) = trues(length(f(x)), length(x))
jacobian_sparsity(f!, y, x, ::NoSparsityDetector) = trues(length(y), length(x))
hessian_sparsity(f, x, ::NoSparsityDetector) = trues(length(x), length(x))
jacobian_sparsity(f, x, d::KnownJacobianSparsityDetector) = d.jacobian_sparsity
jacobian_sparsity(f!, y, x, d::KnownJacobianSparsityDetector) = d.jacobian_sparsity
hessian_sparsity(f, x, d::KnownHessianSparsityDetector) = d.hessian_sparsity
"What says which columns or rows are computed together."
abstract type AbstractColoringAlgorithm end
struct NoColoringAlgorithm <: AbstractColoringAlgorithm end
sparsity_detector(b) = b.sparsity_detector
coloring_algorithm(b) = b.coloring_algorithm

"A backend for sparse matrices: what its pattern is, and how it is computed from few products."
struct AutoSparse{D,S,C} <: AbstractADType
    dense_ad::D
    sparsity_detector::S
    coloring_algorithm::C
end
AutoSparse(dense_ad; sparsity_detector = NoSparsityDetector(), coloring_algorithm = NoColoringAlgorithm()) = AutoSparse(dense_ad, sparsity_detector, coloring_algorithm)
dense_ad(backend::AbstractADType) = backend
dense_ad(backend::AutoSparse) = backend.dense_ad

struct NoAutoDiff <: AbstractADType end
struct NoAutoDiffSelectedError <: Exception
    msg::String
end

"The direction of a backend."
mode(::AbstractADType) = ReverseMode()
mode(::Union{AutoForwardDiff,AutoPolyesterForwardDiff,AutoFiniteDiff,AutoFiniteDifferences}) = ForwardMode()
mode(::Union{AutoDiffractor,AutoChainRules}) = ForwardOrReverseMode()
mode(backend::AutoSparse) = mode(backend.dense_ad)
mode(backend::AutoEnzyme) = enzyme_direction(backend.mode)
enzyme_direction(::Nothing) = ForwardOrReverseMode()
enzyme_direction(m) = m isa EnzymeCore.ForwardMode ? ForwardMode() : ReverseMode()

"A backend by the name of its package: `Auto(:ForwardDiff; chunksize = 2)`."
Auto(package::Symbol, args...; kws...) = Auto(Val(package), args...; kws...)
Auto(::Val{:Enzyme}, args...; kws...) = AutoEnzyme(args...; kws...)
Auto(::Val{:ForwardDiff}, args...; kws...) = AutoForwardDiff(args...; kws...)
Auto(::Val{:ReverseDiff}, args...; kws...) = AutoReverseDiff(args...; kws...)
Auto(::Val{:Zygote}, args...; kws...) = AutoZygote(args...; kws...)
Auto(::Val{:FiniteDiff}, args...; kws...) = AutoFiniteDiff(args...; kws...)
Auto(::Val{:Mooncake}, args...; kws...) = AutoMooncake(args...; kws...)

import ..EnzymeCore
Base.show(io::IO, b::AutoEnzyme) = print(io, "AutoEnzyme(", b.mode === nothing ? "" : string("mode=", b.mode), ")")
Base.show(io::IO, b::AutoForwardDiff{C,T}) where {C,T} = print(io, "AutoForwardDiff(", C === nothing ? "" : string("chunksize=", C), ")")
Base.show(io::IO, b::AutoReverseDiff{C}) where {C} = print(io, "AutoReverseDiff(", C ? "compile=true" : "", ")")
Base.show(io::IO, b::AutoFiniteDiff) = print(io, "AutoFiniteDiff()")
Base.show(io::IO, b::AutoMooncake) = print(io, "AutoMooncake(", b.config === nothing ? "" : string("config=", b.config), ")")
Base.broadcastable(b::AbstractADType) = Ref(b)

end
