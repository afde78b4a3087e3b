/** KernelAbstractions: what kernels compute beside the same without kernels, their indices, barriers, memory, and derivatives through them. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using KernelAbstractions, Enzyme, ForwardDiff, Zygote, FiniteDifferences, Adapt
using Atomix: @atomic
@kernel function square!(A)
    I = @index(Global, Linear)
    @inbounds A[I] *= A[I]
end
function squares!(A, backend)
    square!(backend)(A, ndrange=size(A))
    synchronize(backend)
    nothing
end
@kernel function transposed!(b, @Const(a))
    i, j = @index(Global, NTuple)
    @inbounds b[i, j] = a[j, i]
end
@kernel function turned!(out, @Const(x))
    I = @index(Global, Linear)
    i = @index(Local, Linear)
    n = @uniform prod(@groupsize())
    tile = @localmem eltype(out) (n,)
    tile[i] = x[I]
    @synchronize
    out[I] = tile[n - i + 1]
end
weighted(y, x) = (turned!(CPU(), 4)(y, x; ndrange=length(x)); sum(y .* (1:12)))
@kernel function product!(C, @Const(A), @Const(B), R)
    gi, gj = @index(Group, NTuple)
    i, j = @index(Local, NTuple)
    T = @uniform @groupsize()[1]
    a = @localmem eltype(C) (T + 1, T)
    b = @localmem eltype(C) (T + 1, T)
    out = @private eltype(C) 1
    @inbounds out[1] = -zero(eltype(C))
    @uniform N, M = size(C)
    tiles = @uniform cld(R, T)
    for t in 0:tiles-1
        I, J = (gi - 1) * T + i, (gj - 1) * T + j
        a[i, j] = I <= N && t * T + j <= R ? A[I, t * T + j] : 0.0
        b[i, j] = t * T + i <= R && J <= M ? B[t * T + i, J] : 0.0
        @synchronize
        s = zero(eltype(C))
        for k in 1:T
            s += a[i, k] * b[k, j]
        end
        out[1] += s
        @synchronize
    end
    I, J = (gi - 1) * T + i, (gj - 1) * T + j
    if I <= N && J <= M
        C[I, J] = out[1]
    end
end
multiplied(A, B) = (C = zeros(size(A, 1), size(B, 2)); product!(CPU(), (4, 4))(C, A, B, size(A, 2); ndrange=size(C)); C)
@kernel inbounds=true function heat!(new, @Const(u), α, dt)
    i, j = @index(Global, NTuple)
    nx, ny = @ndrange()
    if 1 < i < nx && 1 < j < ny
        new[i, j] = u[i, j] + α * dt * (u[i+1, j] + u[i-1, j] + u[i, j+1] + u[i, j-1] - 4u[i, j])
    else
        new[i, j] = u[i, j]
    end
end
function simulated(α, u0, n)
    u = zero(α) .+ u0
    new = similar(u)
    step! = heat!(get_backend(u0), (8, 8))
    for _ in 1:n
        step!(new, u, α, 0.1; ndrange=size(u))
        u, new = new, u
    end
    sum(abs2, u)
end
@kernel function total!(out, @Const(x))
    i = @index(Global, Linear)
    l = @index(Local, Linear)
    g = @index(Group, Linear)
    s = @localmem Float64 (16,)
    s[l] = x[i]^2
    n = @uniform div(prod(@groupsize()), 2)
    @synchronize
    while n > 0
        if l <= n
            s[l] += s[l+n]
        end
        @synchronize
        n = @uniform div(n, 2)
    end
    if l == 1
        out[g] = s[1]
    end
end
total(x) = (out = zeros(4); total!(CPU(), 16)(out, x; ndrange=64); sum(out))
@kernel function own!(out, @Const(x))
    i = @index(Global)
    l = @index(Local)
    s = @localmem Float64 (8,)
    p = @private Float64 (2,)
    @private q = 3.0
    p[1] = x[i]
    p[2] = l
    s[l] = x[i]
    @synchronize
    p[1] += s[l == 1 ? 8 : l - 1]
    @synchronize
    out[i] = p[1] * p[2] * q
end
@kernel function lost!(out)
    i = @index(Global)
    t = 2i
    @synchronize
    out[i] = t
end
@kernel function counted!(h, @Const(x))
    i = @index(Global)
    @atomic h[1+floor(Int, 4 * x[i])] += 1
end
@kernel function numbered!(A)
    I = @index(Global, Cartesian)
    J = @index(Local, Linear)
    G = @index(Group, Linear)
    A[I] = 1000G + 10J + sum(Tuple(I))
end
@kernel function filled!(A::AbstractArray{T}, v) where {T}
    A[@index(Global)] = T(v)
end
const U = [exp(-((i - 6)^2 + (j - 5)^2) / 8) for i in 1:12, j in 1:11]
const A, B, X = reshape(sin.(1:48), 8, 6), reshape(cos.(1:72), 6, 12), sin.(1:64)
`)

describe('kernels', () => {
  shows(
    () => session,
    `
    (a = reshape(1:200, 10, 20); b = zeros(Int, 20, 10); transposed!(get_backend(b), (4, 3))(b, a; ndrange=size(b)); b == a') => true
    (x = collect(1:12); y = zero(x); turned!(CPU(), 4)(y, x; ndrange=12); y) => [4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9]
    multiplied(A, B) ≈ A * B => true
    (out = zeros(16); own!(CPU(), 8)(out, X[1:16]; ndrange=16); out ≈ [(l = mod1(i, 8); 3l * (X[i] + X[l == 1 ? i + 7 : i - 1])) for i in 1:16]) => true
    (h = zeros(Int, 4); counted!(CPU())(h, [0.1, 0.3, 0.35, 0.9]; ndrange=4); h) => [1, 2, 0, 1]
    (n = zeros(Int, 3, 2); numbered!(CPU(), 2)(n; ndrange=(3, 2)); n) => [1012 3013; 1023 3024; 2014 4015]
    (n = zeros(Int, 3); numbered!(CPU(), 2, 3)(n); n) => [1011, 1022, 2013]
    (big = zeros(Float32, 3000); filled!(CPU())(big, 2; ndrange=length(big)); sum(big)) => 6000.0f0
    (e = Float64[]; filled!(CPU())(e, 2; ndrange=0); e) => Float64[]
    filled!(CPU())(X, 2.0) => !Can not partition kernel!
    filled!(CPU(), 4, 8)(X, 2.0; ndrange=9) => !Static NDRange (
    lost!(CPU())(zeros(2); ndrange=2) => !UndefVarError: \`t\` not defined
    @kernel(function early!(A) return A end) => !Return statement not permitted in a kernel function early!
    @index(Global) => !@index used outside kernel or not captured
    (get_backend(view(X, 1:3)), get_backend(A'), KernelAbstractions.zeros(CPU(), Int, 2), size(allocate(CPU(), Float32, 2, 3)), adapt(CPU(), X) === X) => (CPU(false), CPU(false), [0, 0], (2, 3), true)
    `,
  )
})

describe('derivatives of what launches kernels', () => {
  shows(
    () => session,
    `
    (a = collect(1.0:4); d = ones(4); autodiff(Reverse, squares!, Duplicated(a, d), Const(CPU())); (a, d)) => ([1.0, 4.0, 9.0, 16.0], [2.0, 4.0, 6.0, 8.0])
    (a = collect(1.0:4); d = ones(4); autodiff(Forward, squares!, Duplicated(a, d), Const(CPU())); (a, d)) => ([1.0, 4.0, 9.0, 16.0], [2.0, 4.0, 6.0, 8.0])
    (x = X[1:12]; d = zero(x); autodiff(Reverse, weighted, Active, Duplicated(zero(x), zero(x)), Duplicated(x, d)); d) => [4.0, 3.0, 2.0, 1.0, 8.0, 7.0, 6.0, 5.0, 12.0, 11.0, 10.0, 9.0]
    (g = Enzyme.gradient(Reverse, (a, b) -> sum(abs2, multiplied(a, b)), A, B); (g[1] ≈ 2A * B * B', g[2] ≈ 2A' * A * B)) => (true, true)
    (Enzyme.gradient(Reverse, total, X)[1] ≈ 2X, Zygote.gradient(total, X)[1] ≈ 2X, total(X) ≈ sum(abs2, X)) => (true, true, true)
    (f = α -> simulated(α, U, 10); d = central_fdm(5, 1)(f, 0.7); isapprox.((autodiff(Reverse, f, Active(0.7))[1][1], autodiff(Forward, f, Duplicated(0.7, 1.0))[1], ForwardDiff.derivative(f, 0.7)), d; rtol=1e-8)) => (true, true, true)
    isapprox(Enzyme.gradient(Reverse, u -> simulated(0.7, u, 10), U)[1], grad(central_fdm(5, 1), u -> simulated(0.7, u, 10), U)[1]; rtol=1e-7) => true
    `,
  )
})
