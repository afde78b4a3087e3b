# What scripts say around their work: which packages they want, on what they run, how far they are.
module Pkg
public activate, instantiate, add, develop, resolve, update, precompile, rm, status, PackageSpec
# The packages that there are need no environment: these say nothing and do nothing.
activate(args...; kws...) = nothing
add(args...; kws...) = nothing
develop(args...; kws...) = nothing
instantiate(args...; kws...) = nothing
precompile(args...; kws...) = nothing
resolve(args...; kws...) = nothing
rm(args...; kws...) = nothing
"There is no environment with packages in it, and this says so."
status(args...; io::IO=stdout, kws...) = println(io, "Status `~/.julia/environments/v$(VERSION.major).$(VERSION.minor)/Project.toml` (empty project)")
update(args...; kws...) = nothing
struct PackageSpec
    name::String
end
PackageSpec(; name::AbstractString="", kws...) = PackageSpec(name)
end

module InteractiveUtils
export versioninfo
versioninfo(io::IO=stdout; verbose::Bool=false) = println(io, "Julia Version ", VERSION)
end

module ProgressMeter
export Progress, ProgressUnknown, next!, update!, finish!, cancel
"A count that is kept and not shown: where it would be shown is no part of what a program writes."
mutable struct Progress
    n::Int64
    counter::Int64
end
Progress(n::Integer, args...; kws...) = Progress(Int64(n), 0)
ProgressUnknown(args...; kws...) = Progress(0, 0)
next!(p::Progress; kws...) = (p.counter += 1; nothing)
update!(p::Progress, counter::Integer, args...; kws...) = (p.counter = counter; nothing)
finish!(p::Progress; kws...) = (p.counter = p.n; nothing)
cancel(p::Progress, args...; kws...) = nothing
end
