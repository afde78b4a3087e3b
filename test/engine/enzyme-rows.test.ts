/** Enzyme's API in rows, one a line: what its own tests and manual show of it, in our own words. */
import { expect, test } from 'vitest'
import { unpassed } from './session-of.ts'

test('calls, annotations, structs, functors and thunks', () => {
  expect(
    unpassed(`
using Enzyme, Test, LinearAlgebra
f1(x) = 1.0 + x
f2(x) = x * x
f3(x) = x[1]^2 + x[2]
f(x) = x
@test autodiff(Reverse, f, 1.0 |> Active) isa Tuple
@test autodiff(Reverse, x->nothing, Active(1.0)) == ((0.0,),)
pullback = autodiff(Reverse, f, Active(1.0))
@test pullback == ((1.0,),)
pullback = autodiff(ReverseWithPrimal, f, Active(1.0))
@test pullback == ((1.0,), 1.0)
g(x) = f2(x)
@test autodiff(Forward, f2, Duplicated(2.0, 1.0)) == (4.0,)
@test autodiff(Forward, f2, Const, Duplicated(2.0, 1.0)) == ()
@test autodiff(ForwardWithPrimal, f2, Const, Duplicated(2.0, 1.0))[1] == 4.0
@test autodiff(Forward, f2, Const(2.0)) isa Tuple
res = autodiff(Forward, f2, BatchDuplicated(2.0, (1.0, 3.0)))
@test res == ((var"1" = 4.0, var"2" = 12.0),)
res = autodiff(ForwardWithPrimal, f2, BatchDuplicated(2.0, (1.0, 3.0)))
@test res == ((var"1" = 4.0, var"2" = 12.0), 4.0)
@test autodiff(Forward, f2, BatchDuplicated(2.0, ntuple(i->1.0*i, 11)))[1][11] == 44.0
@test_throws ErrorException autodiff(Forward, f2, Active(2.0))
@test_throws ErrorException autodiff(Forward, f2, Active, Duplicated(2.0, 1.0))
@test_throws ErrorException autodiff(Forward, f2, DuplicatedNoNeed, Duplicated(2.0, 1.0))
@test_throws ErrorException autodiff(Reverse, x->[x], Active(1.0))
@test_throws ErrorException autodiff(Forward, f2, BatchDuplicated(2.0, ()))
@test_throws ErrorException autodiff(Forward, (x,y)->x*y, BatchDuplicated(2.0, (1.0,2.0)), BatchDuplicated(2.0, (1.0,)))
function mul!(x,y) x[1] *= y; nothing end
x=[2.0]; dx=[1.0]
@test autodiff(Reverse, mul!, Duplicated(x,dx), Active(3.0)) == ((nothing, 2.0),)
@test x == [6.0] && dx == [3.0]
x=[2.0]; dx1=[1.0]; dx2=[2.0]
r = autodiff(Reverse, mul!, BatchDuplicated(x,(dx1,dx2)), Active(3.0))
@test r == ((nothing, (2.0, 4.0)),)
@test dx1 == [3.0] && dx2 == [6.0]
r = autodiff(Reverse, mul!, Const, DuplicatedNoNeed([2.0],[1.0]), Active(3.0))
@test r[1][2] == 2.0
struct Foo; a::Float64; b::Float64; end
struct Bar; a::Vector{Float64}; b::Float64; n::Int; end
mutable struct MFoo; x::Float64; y::Float64; end
@test autodiff(Reverse, s->s.a*s.b, Active, Active(Foo(2.0,3.0))) == ((Foo(3.0,2.0),),)
d = autodiff(Reverse, s->s.a*s.b, Active, Active((a=2.0,b=3.0)))[1][1]
@test d == (a=3.0,b=2.0)
m = MixedDuplicated(Bar([1.0,2.0],3.0,4), Ref(Bar([0.0,0.0],0.0,0)))
autodiff(Reverse, s->s.a[1]*s.b, Active, m)
@test m.dval[].a == [3.0,0.0] && m.dval[].b == 1.0
mf = MFoo(2.0,3.0); dmf=MFoo(0.0,0.0)
autodiff(Reverse, s->(s.x*s.y), Active, Duplicated(mf,dmf))
@test dmf.x == 3.0 && dmf.y == 2.0
@test autodiff(Forward, s->s.x*s.y, Duplicated(mf, MFoo(1.0,0.0))) == (3.0,)
@test autodiff(Reverse, x->x[1]*x[2], Active, Active((2.0,3.0))) == (((3.0,2.0),),)
@test autodiff(Forward, x->(x, 2x), Duplicated(1.0,1.0)) == ((1.0,2.0),)
@test autodiff(Forward, x->Foo(x, 2x), Duplicated(1.0,1.0)) == (Foo(1.0,2.0),)
struct Mul; k::Float64; end
(m::Mul)(x) = m.k*x
struct Cl{V}; v::V; end
(m::Cl)(x) = sum(m.v)*x
@test autodiff(Reverse, Mul(3.0), Active, Active(2.0)) == ((3.0,),)
@test autodiff(Reverse, Active(Mul(3.0)), Active, Active(2.0)) isa Tuple
dv=[0.0,0.0]
autodiff(Reverse, Duplicated(Cl([1.0,2.0]), Cl(dv)), Active, Active(3.0))
@test dv == [3.0,3.0]
@test autodiff(Forward, Duplicated(Cl([1.0,2.0]), Cl([1.0,0.0])), Duplicated(3.0, 1.0)) == (6.0,)
@test autodiff(Forward, Duplicated(Mul(3.0), Mul(1.0)), Duplicated(3.0, 1.0)) == (6.0,)
fwd, rev = autodiff_thunk(ReverseSplitWithPrimal, Const{typeof(f2)}, Active, Active{Float64})
tape, r, shadow = fwd(Const(f2), Active(3.0))
@test r == 9.0 && shadow === nothing
@test rev(Const(f2), Active(3.0), 2.0, tape) == ((12.0,),)
ff = autodiff_thunk(Forward, Const{typeof(f2)}, Duplicated, Duplicated{Float64})
@test ff(Const(f2), Duplicated(3.0,1.0)) == (6.0,)
ff = autodiff_thunk(ForwardWithPrimal, Const{typeof(f2)}, Duplicated, Duplicated{Float64})
@test ff(Const(f2), Duplicated(3.0,1.0)) == (6.0,9.0)
ff = autodiff_thunk(Forward, Const{typeof(f2)}, BatchDuplicated, BatchDuplicated{Float64,2})
@test ff(Const(f2), BatchDuplicated(3.0,(1.0,2.0)))[1][2] == 12.0
A=[1.0,2.0]; dA=[0.0,0.0]
sq(x) = x.^2
fwd, rev = autodiff_thunk(ReverseSplitNoPrimal, Const{typeof(sq)}, Duplicated, Duplicated{Vector{Float64}})
tape, r, sh = fwd(Const(sq), Duplicated(A,dA))
@test r === nothing
sh[1] = 1.0
@test rev(Const(sq), Duplicated(A,dA), tape) == ((nothing,),)
@test dA == [2.0,0.0]
TT = Enzyme.tape_type(ReverseSplitWithPrimal, Const{typeof(f2)}, Active, Active{Float64})
@test TT isa Type
fwd, rev = Enzyme.autodiff_deferred_thunk(ReverseSplitWithPrimal, TT, Const{typeof(f2)}, Active, Active{Float64})
tape, r, shadow = fwd(Const(f2), Active(3.0))
@test rev(Const(f2), Active(3.0), 1.0, tape)[1][1] == 6.0
fwd, rev = autodiff_thunk(ReverseSplitModified(ReverseSplitWithPrimal, Val((false,false))), Const{typeof(f2)}, Active, Active{Float64})
fwd, rev = autodiff_thunk(ReverseSplitWidth(ReverseSplitNoPrimal, Val(2)), Const{typeof(sq)}, BatchDuplicated, BatchDuplicated{Vector{Float64},2})
d1=[0.0,0.0]; d2=[0.0,0.0]
tape, r, sh = fwd(Const(sq), BatchDuplicated(A,(d1,d2)))
sh[1][1]=1.0; sh[2][2]=1.0
rev(Const(sq), BatchDuplicated(A,(d1,d2)), tape)
@test d1 == [2.0,0.0] && d2 == [0.0,4.0]
@test_throws Enzyme.Compiler.ThunkCallError fwd(Const(sq))
@test Enzyme.autodiff_deferred(Reverse, Const(f2), Active, Active(3.0)) == ((6.0,),)
@test Enzyme.autodiff_deferred(Forward, Const(f2), Duplicated, Duplicated(3.0, 1.0)) == (6.0,)
@test autodiff(Forward, x->Enzyme.autodiff_deferred(Reverse, Const(f2), Active, Active(x))[1][1], Duplicated(3.0,1.0))[1] == 2.0
@test autodiff(Reverse, Active(2.0)) do x; x^3; end == ((12.0,),)
@test autodiff(Forward, Duplicated, Duplicated(2.0,1.0)) do x; x^3; end == (12.0,)
`),
  ).toEqual([])
})

test('gradients, jacobians, zeros and directions', () => {
  expect(
    unpassed(`
using Enzyme, Test, LinearAlgebra
struct S1; a::Float64; v::Vector{Float64}; n::Int; s::String; end
mutable struct M1; a::Float64; v::Vector{Float64}; m; end
@test make_zero(1.0) === 0.0
@test make_zero(1.0f0) === 0.0f0
@test make_zero(1.0+2im) === 0.0+0im
@test make_zero([1.0,2.0]) == [0.0,0.0]
@test make_zero((1.0,2)) === (0.0,2)
@test make_zero((a=1.0,b=[2.0])) == (a=0.0,b=[0.0])
s = make_zero(S1(1.0,[2.0],3,"x"))
@test s.a == 0.0 && s.v == [0.0] && s.n == 3 && s.s == "x"
m = make_zero(M1(1.0,[2.0],[3.0]))
@test m.a == 0.0 && m.v==[0.0] && m.m == [0.0]
v=[1.0]; r = make_zero([v,v])
@test r[1] === r[2] && r == [[0.0],[0.0]]
@test make_zero(Ref(2.0))[] == 0.0
@test make_zero([1,2]) == [1,2]
ints=[1,2]
@test make_zero(ints) === ints
@test make_zero(ints, Val(true)) !== ints
@test make_zero(nothing) === nothing
@test make_zero("a") == "a"
@test make_zero(Dict("a"=>1.0))["a"] == 0.0
@test make_zero(:a) === :a
@test make_zero(Any[1.0,2])[1] === 0.0
x=[1.0,2.0]; make_zero!(x)
@test x == [0.0,0.0]
m = M1(1.0,[2.0],[3.0]); make_zero!(m)
@test m.a == 0.0 && m.v==[0.0] && m.m == [0.0]
x=[[1.0],[2.0]]; make_zero!(x)
@test x==[[0.0],[0.0]]
x=([1.0],[2.0]); make_zero!(x)
@test x==([0.0],[0.0])
x=[(1.0,2),(2.0,3)]; make_zero!(x)
@test x==[(0.0,2),(0.0,3)]
@test_throws ArgumentError make_zero!(S1(1.0,[2.0],3,"x"))
Enzyme.remake_zero!([1.0])
r=Ref(1.0); make_zero!(r)
@test r[]==0.0
@test make_zero(x->x) isa Function
# What can hold no derivative is shared, inside of other values too; so is what a program calls inactive.
struct Log; said::Vector{Float64}; end
EnzymeRules.inactive_type(::Type{Log}) = true
mutable struct Setup; name::String; order::Vector{Int}; end
struct Holder; w::Vector{Float64}; log::Log; setup::Setup; any; end
held = Holder([1.0], Log([2.0]), Setup("s", [1]), [3.0]); z = make_zero(held)
@test z.w == [0.0] && z.any == [0.0] && z.log === held.log && z.setup === held.setup
@test make_zero(typeof(held), IdDict(), held, Val(true)).setup !== held.setup
@test Enzyme.guess_activity(Setup, Reverse) == Const{Setup}
@test gradient(Reverse, (x, s) -> x * s.order[1], 2.0, Setup("s", [4])) == (4.0, nothing)
mutable struct Ring; v::Float64; next::Ring; Ring(v) = new(v); end
ring = Ring(1.0); ring.next = ring; z = make_zero(ring)
@test z.next === z && z.v == 0 && Enzyme.guess_activity(Ring, Reverse) == Duplicated{Ring}
@test !isdefined(make_zero(Ring(1.0)), :next)
# What was made so far for each object is kept by the caller.
seen = IdDict(); z = make_zero(typeof(v), seen, v)
@test length(seen) == 1 && seen[v] === z && make_zero(typeof((v, 1)), seen, (v, 1))[1] === z
done = Base.IdSet{Any}(); w = [2.0]; make_zero!(w, done); w[1] = 3.0; make_zero!(w, done)
@test w == [3.0] && w in done && !([3.0] in done)
# A type of the program may say how its zeros are made.
mutable struct Own; data::Vector{Float64}; end
function Enzyme.EnzymeCore.make_zero(::Type{Own}, seen::IdDict, prev::Own, ::Val{copied}) where {copied}
    get!(() -> Own([length(prev.data) + 0.5]), seen, prev)
end
own = Own([1.0]); z = make_zero((own, [own]))
@test z[1] === z[2][1] && z[1].data == [1.5]
@test onehot([1.0,2.0]) == ([1.0,0.0],[0.0,1.0])
@test onehot([1.0,2.0,3.0],2,3) == ([0.0,1.0,0.0],[0.0,0.0,1.0])
@test onehot((1.0,2.0)) == ((1.0,0.0),(0.0,1.0))
@test onehot(3.0) == (1.0,)
@test chunkedonehot([1.0,2.0,3.0], Val(2)) == (([1.0,0.0,0.0],[0.0,1.0,0.0]),([0.0,0.0,1.0],))
@test chunkedonehot(3.0, Val(1)) == ((1.0,),)
@test onehot([1.0 2.0; 3.0 4.0])[3] == [0.0 1.0; 0.0 0.0]
rosen(x) = (1-x[1])^2 + 100*(x[2]-x[1]^2)^2
f(x) = x^2
x=[1.0,2.0]
g = gradient(Forward, rosen, x)
@test g[1] == [-400.0,200.0]
@test typeof(g[1]) <: Enzyme.TupleArray
@test g == ([-400.0,200.0],)
@test gradient(Forward, rosen, x; chunk=Val(2)) == ([-400.0,200.0],)
@test gradient(Forward, rosen, x; chunk=Val(1)) == ([-400.0,200.0],)
@test gradient(Forward, rosen, x; shadows=Enzyme.create_shadows(nothing, x))[1] == [-400.0,200.0]
@test gradient(Forward, rosen, x; shadows=(onehot(x),))[1] == [-400.0,200.0]
@test gradient(ForwardWithPrimal, rosen, x) == (derivs=([-400.0,200.0],), val=100.0)
@test gradient(ReverseWithPrimal, rosen, x) == (derivs=([-400.0,200.0],), val=100.0)
@test gradient(Forward, f, 3.0) == (6.0,)
@test gradient(Reverse, f, 3.0) == (6.0,)
@test jacobian(Forward, f, 3.0) == (6.0,)
@test jacobian(Reverse, f, 3.0) == (6.0,)
h(x) = [x[1]*x[2], x[2], x[1]]
J = jacobian(Reverse, h, x)[1]
@test J == [2.0 1.0; 0 1; 1 0]
@test J isa Transpose || typeof(J).name.name == :Transpose
@test jacobian(Reverse, h, x; n_outs=Val((3,)))[1] == J
@test jacobian(Reverse, h, x; n_outs=Val((3,)), chunk=Val(2))[1] == J
@test jacobian(Reverse, h, x; chunk=Val(1))[1] == J
@test jacobian(Forward, h, x; chunk=Val(1))[1] == J
@test jacobian(Forward, h, x)[1] isa Matrix
j2 = jacobian(ReverseWithPrimal, h, x)
@test j2.val == h(x) && j2.derivs[1] == J
k(x) = [x[1] x[2]; x[1]*x[2] 1.0]
J = jacobian(Reverse, k, x)[1]
@test size(J) == (2,2,2)
@test J isa PermutedDimsArray
@test jacobian(Forward, k, x)[1] == J
@test gradient(Reverse, (x,y)->x*y, 2.0, 3.0) == (3.0,2.0)
@test gradient(Reverse, (x,y)->x*y, 2.0, Const(3.0)) == (3.0,nothing)
@test gradient(Forward, (x,y)->x*y, 2.0, Const(3.0)) == (3.0,nothing)
@test gradient(Forward, (x,y)->sum(x)*y, x, 3.0) == ([3.0,3.0],3.0)
@test jacobian(Reverse, (x,y)->x.*y, x, 3.0)[2] == x
@test jacobian(Reverse, (x,y)->x.*y, x, Const(3.0))[2] === nothing
@test jacobian(Forward, (x,y)->x.*y, x, Const(3.0)) == ([3.0 0;0 3],nothing)
@test gradient(Reverse, x->x[1]*x[2], (2.0,3.0)) == ((3.0,2.0),)
@test gradient(Forward, x->x[1]*x[2], (2.0,3.0)) == ((3.0,2.0),)
@test gradient(Reverse, nt->nt.a*nt.b[1], (a=2.0,b=[3.0])) == ((a=3.0,b=[2.0]),)
@test gradient(Reverse, s->s.a*s.v[1], S1(2.0,[3.0],1,"q"))[1].a == 3.0
@test jacobian(Reverse, x->[x[1],x[2]^2], (1.0,2.0)) == ([(1.0,0.0),(0.0,4.0)],)
@test jacobian(Forward, x->[x[1],x[2]^2], (1.0,2.0)) == (([1.0,0.0],[0.0,4.0]),)
@test jacobian(Forward, x->(x[1],x[2]^2), [1.0,2.0])[1] == [(1.0,0.0),(0.0,4.0)]
@test jacobian(Forward, x->[x,x^2], 2.0) == ([1.0,4.0],)
@test jacobian(Reverse, x->[x,x^2], 2.0) == ([1.0,4.0],)
@test jacobian(Reverse, x->[x x^2;2x 1.0], 2.0)[1] == [1.0 4.0;2.0 0.0]
@test jacobian(Forward, x->(x,x^2), 2.0) == ((1.0,4.0),)
e=Float64[]
@test gradient(Forward, x->0.0, e)[1] === e
@test jacobian(Reverse, x->2 .* x, e)[1] === e
dx=zeros(2)
@test gradient!(Reverse, dx, rosen, x) === (dx,)
@test dx == [-400.0,200.0]
@test gradient!(ReverseWithPrimal, dx, rosen, x).val == 100.0
@test hvp(rosen, x, [1.0,0.0]) ≈ [402.0, -400.0]
@test gradient(Forward, (x,y,z)->x+y*z, 1.0,2.0,3.0) == (1.0,3.0,2.0)
@test gradient(set_runtime_activity(Reverse), rosen, x)[1] == [-400.0,200.0]
@test gradient(Reverse, (x,n)->x^n, 2.0, 3) == (12.0,nothing)
@test gradient(Reverse, Const(rosen), x)[1] == [-400.0,200.0]
@test jacobian(Forward, Const(h), x)[1] == jacobian(Reverse, Const(h), x)[1]
@test gradient(Reverse, x->sum(abs2,x), [1.0 2.0;3.0 4.0])[1] == [2.0 4.0;6.0 8.0]
@test gradient(Forward, x->sum(abs2,x), [1.0 2.0;3.0 4.0])[1] == [2.0 4.0;6.0 8.0]
@test size(jacobian(Reverse, x->x*x, [1.0 2.0;3.0 4.0])[1]) == (2,2,2,2)
@test jacobian(Reverse, x->x*x, [1.0 2.0;3.0 4.0])[1] == jacobian(Forward, x->x*x, [1.0 2.0;3.0 4.0])[1]
@test gradient(Reverse, x->x[1]*x[2], Float32[1,2])[1] isa Vector{Float32}
`),
  ).toEqual([])
})

test('errors and their types', () => {
  expect(
    unpassed(`
using Enzyme, Test, LinearAlgebra
mutable struct CC{T}; v::T; end
(c::CC)(x) = (c.v += x; c.v)
@test_throws Enzyme.Compiler.EnzymeMutabilityException autodiff(Reverse, CC(1.0), Active, Active(2.0))
@test_throws ErrorException Active([1.0])
@test_throws ErrorException autodiff(Reverse, x->3, Active, Active(1.0))
@test_throws ErrorException autodiff(Forward, x->3, Duplicated, Duplicated(1.0,1.0))
@test_throws Enzyme.EnzymeError gradient(Reverse, x->x, [1.0])
buf = zeros(1)
@test_throws Enzyme.Compiler.EnzymeRuntimeActivityError autodiff(Reverse, (x,b)->(s=0.0; for _ in 1:3; s+=b[1]; b[1]=x; end; s), Active, Active(1.0), Const(buf))
e = try autodiff(Reverse, (x,b)->(s=0.0; for _ in 1:3; s+=b[1]; b[1]=x; end; s), Active, Active(1.0), Const(buf)) catch e; e end
@test e isa Enzyme.Compiler.EnzymeRuntimeActivityError
@test e isa Enzyme.EnzymeError
@test_throws AssertionError jacobian(Reverse, x->(x[1],x[2]), [1.0,2.0])
@test_throws ArgumentError make_zero!((1.0,2.0))
@test_throws MethodError Duplicated([1.0], [1,2])
@test_throws ErrorException autodiff(Reverse, z->z^2, Active, Active(1.0+2im))
f(x::Float64) = x
@test_throws MethodError autodiff(Reverse, f, Active, Active(1.0f0))
@test_throws MethodError autodiff(Reverse, f, Active, 1.0)
@test_throws UndefVarError autodiff(Reverse, x->undefinedthing(x), Active, Active(1.0))
@test_throws DomainError autodiff(Reverse, x->sqrt(x), Active, Active(-1.0))
@test_throws ErrorException autodiff(Reverse, x->error("no"), Active, Active(-1.0))
@test Enzyme.Compiler.VERBOSE_ERRORS[] == false
Enzyme.Compiler.VERBOSE_ERRORS[] = true
Enzyme.API.strictAliasing!(false)
Enzyme.API.runtimeActivity!(true)
Enzyme.API.looseTypeAnalysis!(true)
Enzyme.API.printall!(false); Enzyme.API.typeWarning!(false); Enzyme.API.maxtypeoffset!(32); Enzyme.API.maxtypedepth!(6)
Enzyme.API.fast_math!(true); Enzyme.API.strong_zero!(true); Enzyme.API.strong_zero!(false)
@test Enzyme.Compiler.EnzymeRuntimeActivityError <: Enzyme.EnzymeError
@test Enzyme.CompilationException <: Enzyme.EnzymeError
@test Enzyme.Compiler.NonInferredActiveReturn <: Enzyme.CompilationException
@test Enzyme.Compiler.ThunkCallError <: Exception
@test !(Enzyme.Compiler.ForwardRuleReturnError <: Enzyme.EnzymeError)
@test Enzyme.Compiler.ForwardRuleReturnError <: Enzyme.Compiler.CustomRuleError
@test Enzyme.EnzymeCore isa Module
@test Enzyme.EnzymeRules isa Module
f(x,y) = x*log(y)
r = autodiff(Reverse, f, Active(0.0), Active(0.0))
@test isnan(r[1][2]) 
r = autodiff(set_strong_zero(Reverse), f, Active(0.0), Active(0.0))
@test r[1][2] == 0.0
r = autodiff(set_strong_zero(Forward), f, Duplicated(0.0,0.0), Duplicated(0.0,0.0))
@test r[1] == 0.0
@test strong_zero(set_strong_zero(Reverse))
unswept(x) = (autodiff_thunk(ReverseSplitWithPrimal, Const{typeof(looped)}, Active, Active{Float64})[1](Const(looped), Active(x)); x^2)
looped(v) = (s = 0.0; for i in 1:3; s += exp(v * i); end; s)
half_swept(x) = try unswept(x) > 0 && error("no") catch; x^3 end
@test gradient(Reverse, unswept, 0.7)[1] == 1.4
@test gradient(Reverse, half_swept, 2.0)[1] == 12.0
fwd, rev = autodiff_thunk(ReverseSplitNoPrimal, Const{typeof(looped)}, Active, Active{Float64})
tape = fwd(Const(looped), Active(0.0))[1]
@test [rev(Const(looped), Active(0.0), seed, tape)[1][1] for seed in (1.0, 2.0, 3.0)] == [6.0, 12.0, 18.0]
function swept_twice(x)
    fwd, rev = autodiff_thunk(ReverseSplitNoPrimal, Const{typeof(looped)}, Active, Active{Float64})
    tape = fwd(Const(looped), Active(x))[1]
    rev(Const(looped), Active(x), 1.0, tape)[1][1] + rev(Const(looped), Active(x), x, tape)[1][1]
end
@test autodiff(Forward, swept_twice, Duplicated(0.0, 1.0)) == (20.0,)
@test autodiff(Reverse, swept_twice, Active(0.0)) == ((20.0,),)
mixed(x) = (x[1]^2, 3x)
fwd, rev = autodiff_thunk(ReverseSplitWithPrimal, Const{typeof(mixed)}, MixedDuplicated, Duplicated{Vector{Float64}})
dx = [0.0]
tape, y, dy = fwd(Const(mixed), Duplicated([2.0], dx))
@test y == (4.0, [6.0])
@test dy isa Base.RefValue && dy[] == (0.0, [0.0])
dy[][2][1] = 10.0
@test rev(Const(mixed), Duplicated([2.0], dx), (1.0, dy[][2]), tape) == ((nothing,),)
@test dx == [34.0]
@test_throws ErrorException autodiff_thunk(Forward, Const{typeof(mixed)}, DuplicatedNoNeed, Duplicated{Vector{Float64}})
@test_throws ErrorException autodiff_thunk(Forward, Const{typeof(mixed)}, Active, Duplicated{Vector{Float64}})
@test strong_zero(Reverse) == false
`),
  ).toEqual([])
})

test('constant memory that is only written to', () => {
  expect(
    unpassed(`
using Enzyme, Test, LinearAlgebra
const history = Float64[]
loss(x) = (l = sum(abs2, x); push!(history, l); l)
@test gradient(Reverse, loss, [1.0,2.0])[1] == [2.0,4.0]
@test gradient(Forward, loss, [1.0,2.0])[1] == [2.0,4.0]
@test history[1] == 5.0
lg = Float64[]
f = x->(push!(lg, x); x^2)
@test autodiff(Reverse, f, Active, Active(3.0)) == ((6.0,),)
@test lg == [3.0]
k(x,b) = (b[1]=x; x^2)
b=[0.0]
@test autodiff(Reverse, k, Active, Active(3.0), Const(b)) == ((6.0,nothing),)
@test b==[3.0]
k2(x,b) = (b[1]=x; b)
@test_throws Enzyme.EnzymeError autodiff(Forward, k2, Duplicated(3.0,1.0), Const(b))
k3(x,b,c) = (b[1]=x; c[1])
@test_throws Enzyme.EnzymeError autodiff(Reverse, k3, Active, Active(3.0), Const(b), Const(b))
store!(b,x) = (b[1]=x; nothing)
k4(x,b) = (store!(b,x); b[1])
@test autodiff(Reverse, k4, Active, Active(3.0), Const(b))[1][1] == 1.0
k5(x,b) = (store!(b,x); x*2)
@test autodiff(Reverse, k5, Active, Active(3.0), Const(b))[1][1] == 2.0
ret(b,x) = (b[1]=x; b)
k6(x,b) = ret(b,x)[1]
@test autodiff(Reverse, k6, Active, Active(3.0), Const(b))[1][1] == 1.0
k7(x, logs) = (push!(logs, copy(x)); sum(x))
logs = Vector{Float64}[]
@test gradient(Reverse, k7, [1.0,2.0], Const(logs))[1] == [1.0,1.0]
@test logs == [[1.0,2.0]]
k8(x) = (push!(logs, x); sum(logs[end]))
@test_throws Enzyme.EnzymeError gradient(Reverse, k8, [1.0,2.0])
k9(x,b) = (s=0.0; for i in 1:3; s += b[1]; b[1] = x; end; s)
@test_throws Enzyme.EnzymeError autodiff(Reverse, k9, Active, Active(3.0), Const(b))
any_ = Any[]
k10(x, a) = (push!(a, x); x^2)
@test autodiff(Reverse, k10, Active, Active(3.0), Const(any_))[1][1] == 6.0
k13(x, a) = (push!(a, x); a[end]*x)
@test_throws Enzyme.EnzymeError autodiff(Reverse, k13, Active, Active(3.0), Const(any_))
r = Ref(0.0)
k11(x) = (r[] = x; x^2)
@test autodiff(Reverse, k11, Active, Active(3.0)) == ((6.0,),)
d = Dict{String,Float64}()
k12(x, d) = (d["loss"] = x^2; x^2)
@test autodiff(Reverse, k12, Active, Active(3.0), Const(d))[1][1] == 6.0
`),
  ).toEqual([])
})

test('nested annotations, thunks and strong zeros', () => {
  expect(
    unpassed(`
using Enzyme, Test, LinearAlgebra
f(x) = x[1]^2*x[2] + x[2]^3
x=[2.0,3.0]; dx=zeros(2); v=[1.0,0.0]; hv=zeros(2)
autodiff(Forward, autodiff, Const, Const(Reverse), Const(f), Const(Active), Duplicated(Duplicated(x,dx), Duplicated(v,hv)))
@test dx == [12.0, 4.0+27.0]
@test hv == [6.0, 4.0]
g(x,dx) = (autodiff(Reverse, f, Active, Duplicated(x,dx)); nothing)
dx=zeros(2); hv=zeros(2)
autodiff(Forward, g, Duplicated(x,v), Duplicated(dx,hv))
@test hv == [6.0,4.0]
dx=zeros(2); hs=(zeros(2),zeros(2))
autodiff(Forward, g, BatchDuplicated(x,([1.0,0.0],[0.0,1.0])), BatchDuplicated(dx,hs))
@test hs[1]==[6.0,4.0] && hs[2]==[4.0,18.0]
dx=zeros(2); hv=zeros(2)
autodiff(Forward, gradient!, Const(Reverse), DuplicatedNoNeed(dx,hv), Const(f), Duplicated(x,v))
@test hv == [6.0,4.0]
h = autodiff(Forward, x->autodiff(Forward, f, Duplicated(x,[1.0,0.0]))[1], Duplicated(x,[0.0,1.0]))[1]
@test h == 4.0
r = autodiff(Reverse, x->autodiff(Forward, f, Duplicated(x,[1.0,0.0]))[1], Active, Duplicated(x,dx)); 
onehot_h = [autodiff(Forward, g, Duplicated(x,e), Duplicated(zeros(2),z))[1:0] for (e,z) in zip(onehot(x),onehot(zeros(2)))]
f2(x)=x^4
d(x) = first(first(autodiff_deferred(Reverse, Const(f2), Active, Active(x))))
dd(x) = first(autodiff_deferred(Forward, Const(d), Duplicated, Duplicated(x,1.0)))
@test dd(1.0)==12.0
@test autodiff(Reverse, dd, Active, Active(1.0))[1][1]==24.0
hess(x) = jacobian(Forward, x->gradient(Reverse, f, x)[1], x)[1]
@test hess(x) == [6.0 4.0;4.0 18.0]
hr(x) = jacobian(Reverse, x->gradient(Forward, f, x)[1], x)[1]
@test hr(x) == [6.0 4.0;4.0 18.0]
t = jacobian(Forward, x->vec(jacobian(Forward, x->gradient(Reverse, f, x)[1], x)[1]), x)[1]
@test size(t)==(4,2)
@test t[1,2]==2.0
p(x, a) = a*sum(abs2,x)
gr(x,a) = gradient(Reverse, p, x, Const(a))[1]
@test autodiff(Forward, a->gr([1.0,2.0],a), Duplicated(3.0,1.0))[1] == [2.0,4.0]
@test jacobian(Forward, gr, [1.0,2.0], Const(3.0))[1] == [6.0 0;0 6]
f3(x) = x^3
function dthunk(x)
  fwd,rev = autodiff_thunk(ReverseSplitWithPrimal, Const{typeof(f3)}, Active, Active{Float64})
  tape,r,s = fwd(Const(f3), Active(x))
  rev(Const(f3), Active(x), 1.0, tape)[1][1]
end
@test dthunk(2.0)==12.0
@test autodiff(Forward, dthunk, Duplicated(2.0,1.0))[1]==12.0
@test autodiff(Reverse, dthunk, Active, Active(2.0))[1][1]==12.0
g(x) = x==0 ? 0.0*x : x*log(x)
k(x,y) = sqrt(x)*y
r = autodiff(set_strong_zero(Reverse), x->sqrt(x[1])*x[2], Active, Active((0.0,0.0)))
@test r[1][1][1] == 0.0
inner(x) = log(x)
outer(x,w) = w*inner(x)
@test autodiff(set_strong_zero(Reverse), outer, Active(0.0), Const(0.0))[1][1] == 0.0
@test isnan(autodiff(Reverse, outer, Active(0.0), Const(0.0))[1][1])
@test gradient(set_strong_zero(Reverse), x->0.0*log(x[1]), [0.0])[1] == [0.0]
@test jacobian(set_strong_zero(Reverse), x->[0.0*log(x[1])], [0.0])[1] == zeros(1,1)
`),
  ).toEqual([])
})

test('activities, batches, complex numbers, running as a derivative', () => {
  expect(
    unpassed(`
using Enzyme, Test, LinearAlgebra
f(x) = within_autodiff() ? x : 2x
@test f(1.0) == 2.0
@test autodiff(Reverse, f, Active(1.0)) == ((1.0,),)
@test autodiff(Forward, f, Duplicated(1.0,1.0)) == (1.0,)
@test Enzyme.within_autodiff() == false
g(x) = Enzyme.ignore_derivatives(x)*x
@test autodiff(Reverse, g, Active(3.0)) == ((3.0,),)
@test gradient(Reverse, x->sum(Enzyme.ignore_derivatives(x).*x), [1.0,2.0])[1] == [1.0,2.0]
@test Enzyme.Compiler.active_reg(Float64) == Enzyme.Compiler.ActiveState
@test Enzyme.Compiler.active_reg(Vector{Float64}) == Enzyme.Compiler.DupState
@test Enzyme.Compiler.active_reg(Tuple{Float64,Vector{Float64}}) == Enzyme.Compiler.MixedState
@test Enzyme.Compiler.active_reg(Int) == Enzyme.Compiler.AnyState
@test Enzyme.guess_activity(Float64, Reverse) == Active{Float64}
@test Enzyme.guess_activity(Vector{Float64}, Reverse) == Duplicated{Vector{Float64}}
@test Enzyme.guess_activity(Float64, Forward) == Duplicated{Float64}
@test Enzyme.guess_activity(Int, Forward) == Const{Int}
@test Enzyme.guess_activity(Tuple{Float64,Vector{Float64}}, Reverse) <: MixedDuplicated
@test Enzyme.guess_activity(Complex{Float64}) == Active{ComplexF64}
struct RecT; x::Float64; next::Union{Nothing,RecT}; end
@test set_abi(Reverse, InlineABI) isa ReverseMode
@test Enzyme.batch_size(BatchDuplicated(1.0,(1.0,2.0))) == 2
bm = BatchMixedDuplicated((1.0,[2.0]), (Ref((0.0,[0.0])), Ref((0.0,[0.0]))))
autodiff(Reverse, t->t[1]*t[2][1], Active, bm)
@test bm.dval[1][] == (2.0,[1.0])
@test bm.dval[2][] == (2.0,[1.0])
@test autodiff(ReverseHolomorphic, z->z^2, Active, Active(1.0+2im))[1][1] == 2*(1.0+2im)
@test autodiff(ReverseHolomorphicWithPrimal, z->z^2, Active, Active(1.0+2im))[2] == (1.0+2im)^2
@test all(f -> autodiff(ReverseHolomorphic, f, Active, Active(-4.0+0im))[1][1] ≈ autodiff(Forward, f, Duplicated(-4.0+0im, 1.0+0im))[1], (sqrt, asin, acos, acosh, atanh))
sometimes_whole(x) = x > 0 ? x^2 : 1
@test autodiff(Reverse, sometimes_whole, Active(3.0)) == autodiff(Reverse, sometimes_whole, Active, Active(3.0)) == ((6.0,),)
@test autodiff(ReverseWithPrimal, sometimes_whole, Active(3.0)) == ((6.0,), 9.0)
@test autodiff(ReverseHolomorphic, sqrt, Active, Active(-4.0-0.0im))[1][1] ≈ 0.25im
@test autodiff(Forward, z->z^2, Duplicated(1.0+2im, 1.0+0im))[1] == 2*(1.0+2im)
@test autodiff(Reverse, z->abs2(z), Active, Active(1.0+2im))[1][1] == 2.0+4im
@test autodiff(Reverse, z->real(z), Active, Active(1.0+2im))[1][1] == 1.0+0im
dz=[0.0im]; autodiff(ReverseHolomorphic, z->z[1]^2, Active, Duplicated([1.0+2im], dz))
@test dz[1] == 2*(1.0+2im)
e = try autodiff(Reverse, (x,b)->(s=0.0; for _ in 1:3; s+=b[1]; b[1]=x; end; s), Active, Active(1.0), Const([0.0])) catch e; e end
@test occursin("untime activity", sprint(showerror, e))
`),
  ).toEqual([])
})

test('kinds of arguments', () => {
  expect(
    unpassed(`
using Enzyme, Test, LinearAlgebra
x=[1.0,2.0,3.0]; dx=zeros(3)
autodiff(Reverse, v->v[1]*v[2], Active, Duplicated(view(x,1:2), view(dx,1:2)))
@test dx==[2.0,1.0,0.0]
A=[1.0 2.0;3.0 4.0]; dA=zeros(2,2)
autodiff(Reverse, m->m[1,2]^2, Active, Duplicated(A', dA'))
@test dA[2,1]==6.0
autodiff(Reverse, (m,s)->s=="a" ? m[1] : 0.0, Active, Duplicated(x,dx), Const("a"))
@test dx[1]==3.0
r=Ref(2.0); dr=Ref(0.0)
autodiff(Reverse, r->r[]^2, Active, Duplicated(r,dr))
@test dr[]==4.0
autodiff(Reverse, r->(r[]=r[]^2; nothing), Const, Duplicated(r,dr))
@test r[]==4.0 && dr[]==16.0
t=([1.0,2.0],[3.0]); dt=([0.0,0.0],[0.0])
autodiff(Reverse, t->t[1][1]*t[2][1], Active, Duplicated(t,dt))
@test dt==([3.0,0.0],[1.0])
vv=[[1.0],[2.0,3.0]]; dv=[[0.0],[0.0,0.0]]
autodiff(Reverse, v->v[1][1]*v[2][2], Active, Duplicated(vv,dv))
@test dv==[[3.0],[0.0,1.0]]
d=Dict(:a=>[1.0]); dd=Dict(:a=>[0.0])
autodiff(Reverse, d->d[:a][1]^2, Active, Duplicated(d,dd))
@test dd[:a]==[2.0]
@test autodiff(Reverse, (x,T)->T(x)^2, Active, Active(2.0), Const(Float64))==((4.0,nothing),)
@test autodiff(Reverse, (x,y)->y===nothing ? x^2 : x, Active, Active(2.0), Const(nothing))==((4.0,nothing),)
@test autodiff(Reverse, (x,f)->f(x), Active, Active(2.0), Const(sqrt))[1][1]≈0.5/sqrt(2)
@test autodiff(Forward, (x,f)->f(x), Duplicated(2.0,1.0), Const(sqrt))[1]≈0.5/sqrt(2)
@test autodiff(Reverse, (x,r)->sum(x*i for i in r), Active, Active(2.0), Const(1:3))==((6.0,nothing),)
D=Diagonal([1.0,2.0]); dD=Diagonal([0.0,0.0])
autodiff(Reverse, D->sum(D*[1.0,1.0]), Active, Duplicated(D,dD))
@test dD.diag==[1.0,1.0]
S=Symmetric(A); dS=make_zero(S)
autodiff(Reverse, S->S[1,2], Active, Duplicated(S,dS))
@test sum(dS.data)==1.0
@test make_zero(view(x,1:2)) == zeros(2)
@test gradient(Reverse, v->sum(abs2,v), view(x,1:2))[1] == [2.0,4.0]
@test gradient(Forward, v->sum(abs2,v), view(x,1:2))[1] == [2.0,4.0]
@test gradient(Reverse, m->sum(abs2,m), A')[1] == 2A'
@test gradient(Reverse, r->r[]^2, Ref(3.0))[1][] == 6.0
@test gradient(Reverse, sum, (1.0,2f0)) == ((1.0,1f0),)
@test gradient(Reverse, D->sum(D.diag.^2), D)[1].diag == [2.0,4.0]
@test gradient(Reverse, x->x[1]*x[2], [1.0f0,2.0f0]) == ([2f0,1f0],)
@test gradient(Reverse, c->abs2(c[1]), [1.0+2im])[1] == [2.0+4im]
@test jacobian(Forward, x->Diagonal(x)*x, [1.0,2.0])[1] == [2.0 0;0 4]
@test jacobian(Reverse, x->view(x,1:1), [1.0,2.0])[1] == [1.0 0.0]
@test jacobian(Reverse, x->x', [1.0,2.0])[1] |> size == (1,2,2)
@test jacobian(Forward, x->reshape(x,2,1), [1.0,2.0])[1] |> size == (2,1,2)
@test jacobian(Reverse, x->Float32[x[1]], Float32[1,2])[1] == Float32[1 0]
@test_throws Exception gradient(Reverse, x->"a", 1.0)
@test_throws Exception gradient(Reverse, x->nothing, 1.0)
mutable struct Pt{T}; x::T; y::T; end
Base.:+(a::Pt,b::Pt)=Pt(a.x+b.x,a.y+b.y)
struct Wrap{T}; v::T; n::Int; end
p=Pt(1.0,2.0); dp=Pt(0.0,0.0)
autodiff(Reverse, p->p.x*p.y, Active, Duplicated(p,dp))
@test dp.x==2.0 && dp.y==1.0
autodiff(Reverse, p->(q=p+p; q.x*q.y), Active, Duplicated(p,Pt(0.0,0.0)))
@test autodiff(Forward, p->p+p, Duplicated(p,Pt(1.0,0.0)))[1].x==2.0
w=Wrap([1.0,2.0],3); dw=Wrap([0.0,0.0],3)
autodiff(Reverse, w->sum(w.v)*w.n, Active, Duplicated(w,dw))
@test dw.v==[3.0,3.0]
@test autodiff(Reverse, w->w.v*w.n, Active, Active(Wrap(2.0,3)))[1][1].v == 3.0
gw=gradient(Reverse, w->w.v*w.n, Wrap(2.0,3))[1]
@test gw == Wrap(3.0,3)
@test gradient(Reverse, w->w.v[1]*w.v[2], Wrap((2.0,3.0),1))[1] == Wrap((3.0,2.0),1)
@test gradient(Reverse, ps->sum(p.x*p.y for p in ps), [Pt(1.0,2.0),Pt(3.0,4.0)])[1][2].x == 4.0
@test gradient(Reverse, ps->sum(w.v*w.n for w in ps), [Wrap(1.0,2),Wrap(3.0,4)])[1][2].v == 4.0
@test autodiff(Forward, BatchDuplicated(p,(Pt(1.0,0.0),Pt(0.0,1.0)))) do p; p.x^2*p.y end == ((var"1"=4.0,var"2"=1.0),)
bp=(Pt(0.0,0.0),Pt(0.0,0.0))
autodiff(Reverse, p->p.x^2*p.y, Active, BatchDuplicated(p,bp))
@test bp[2].x==4.0
@test make_zero(p).x == 0.0
ps=[Pt(1.0,2.0)]; z=make_zero(ps)
@test z[1].x==0.0 && ps[1].x==1.0
f(x)= x>1 ? x^2 : (x<0 ? -x : 0.0)
@test autodiff(Reverse,f,Active,Active(2.0))==((4.0,),)
@test autodiff(Reverse,f,Active,Active(-1.0))==((-1.0,),)
g(x)=(while x<100; x*=2; end; x)
@test autodiff(Reverse,g,Active,Active(1.5))==((128.0,),)
h(x,n)= n==0 ? x : h(x*x,n-1)
@test autodiff(Reverse,h,Active,Active(2.0),Const(3))[1][1]==8*2.0^7
powered(x, n) = (v = Any[x, n]; v[1]^v[2])
@test autodiff(Forward, x -> powered(x, 2.0), Duplicated(-0.5, 1.0)) == (-1.0,)
@test autodiff(Forward, x -> autodiff(Reverse, z -> powered(z, 2), Active(x))[1][1], Duplicated(-0.5, 1.0)) == (2.0,)
byReverse(f) = x -> autodiff(Reverse, f, Active, Active(x))[1][1]
byForward(f) = x -> autodiff(Forward, f, Duplicated(x, 1.0))[1]
thrice(by, f) = by(by(by(f)))
@test thrice(byReverse, x -> x^x)(1.0) == thrice(byForward, x -> x^x)(1.0) == 3.0
@test byReverse(byReverse(x -> sin(x^2.0)))(-0.5) == byForward(byForward(x -> sin(x^2.0)))(-0.5) == 2cos(0.25) - 4 * 0.25sin(0.25)
@test byReverse(byForward(x -> (x / 2)^0 * x^2))(0.0) == byReverse(byReverse(x -> (x / 2)^0.0 * x^2))(0.0) == 2.0
k(x)=(xs=Float64[]; for i in 1:3; push!(xs,x*i); end; sum(xs))
@test autodiff(Reverse,k,Active,Active(1.0))==((6.0,),)
`),
  ).toEqual([])
})

test('tasks of threads', () => {
  expect(
    unpassed(`
using Enzyme, Test
function scaled(out, by)
    Threads.@threads for i in 1:length(out)
        out[i] *= by
    end
    nothing
end
out, dout = [1.0, 2.0], [1.0, 1.0]
@test autodiff(Reverse, scaled, Const, Duplicated(out, dout), Active(2.0)) == ((nothing, 3.0),)
@test dout == [2.0, 2.0]
function written(M, x)
    r = Ref(x)
    task = Threads.@spawn M[1] = r[]
    M[2] = x
    wait(task)
    nothing
end
R, dR = [0.0, 0.0], [2.0, 3.0]
@test autodiff(Reverse, written, Duplicated(R, dR), Active(2.0)) == ((nothing, 5.0),)
@test R == [2.0, 2.0] && dR == [0.0, 0.0]
@test autodiff(Forward, written, Duplicated(R, dR), Duplicated(2.0, 1.0)) == () && dR == [1.0, 1.0]
parts(x) = sum(fetch.(map(c -> Threads.@spawn(sum(abs2, @view x[c])), Iterators.partition(eachindex(x), 2))))
function synced(x)
    d = zeros(3)
    @sync begin
        for i in 1:3
            Threads.@spawn d[$i] = x[i]^2
        end
        @async d[1] += x[2]
    end
    sum(d)
end
function locked(x)
    a, l, s = Threads.Atomic{Float64}(0.0), ReentrantLock(), Ref(0.0)
    Threads.@threads for (i, v) in collect(enumerate(x))
        Threads.atomic_add!(a, i * v^2)
        lock(() -> s[] += v * a[], l)
    end
    a[] * s[]
end
caught(x) = try
    fetch(Threads.@spawn sqrt(x[1] - x[3]))
catch e
    e.task.exception.val * x[2]
end
both(f) = (gradient(Reverse, f, [1.0, 2.0, 3.0])[1], collect(gradient(Forward, f, [1.0, 2.0, 3.0])[1]))
@test both(parts) == ([2.0, 4.0, 6.0], [2.0, 4.0, 6.0])
@test both(synced) == ([2.0, 5.0, 6.0], [2.0, 5.0, 6.0])
@test both(locked) == ([722.0, 2780.0, 5526.0], [722.0, 2780.0, 5526.0])
@test both(caught) == ([2.0, -2.0, -2.0], [2.0, -2.0, -2.0])
@test hvp(parts, [1.0, 2.0, 3.0], [1.0, 0.0, 1.0]) == [2.0, 0.0, 2.0]
`),
  ).toEqual([])
})

// A way on which a derivative would be lost is refused; bits that are only looked at are not.
test('bits of floats', () => {
  expect(
    unpassed(`
using Enzyme, Test
lost = Enzyme.Compiler.EnzymeNoDerivativeError
slope(f) = (autodiff(Forward, f, Duplicated(1.5, 1.0))[1], autodiff(Reverse, f, Active, Active(1.5))[1][1])
bits(x) = reinterpret(UInt64, x)
@test slope(x -> reinterpret(Float64, bits(x)) * x) == (3.0, 3.0)
@test slope(x -> Float64(reinterpret(Float32, reinterpret(UInt32, Float32(x))))) == (1.0, 1.0)
@test slope(x -> reinterpret(Float64, reinterpret(UInt64, [x, 2x]))[2]) == (2.0, 2.0)
@test slope(x -> Float64(nextfloat(Float32(x)))) == (1.0, 1.0)
@test_throws lost slope(x -> reinterpret(Float64, bits(x) & 0x7fffffffffffffff))
@test_throws lost slope(x -> (b = [bits(x), 0x1]; x * reinterpret(Float64, b[1] + b[2])))
@test_throws lost slope(x -> (b = bits(x); for i in 1:2; b = b ⊻ 0x1; end; reinterpret(Float64, b)))
@noinline masked(x) = (s = 0.0; for i in 1:3; s += reinterpret(Float64, bits(x) & 0x7fffffffffffffff); end; s)
@test_throws lost slope(masked)
@test_throws lost slope(x -> masked(x) * x)
@test slope(x -> x * (bits(x) == bits(1.5) ? 2.0 : 3.0) * reinterpret(Float64, 0x4000000000000000)) == (4.0, 4.0)
@test slope(x -> x * reinterpret(Float64, UInt64(1023 + unsafe_trunc(Int, 2x)) << 52)) == (8.0, 8.0)
@test slope(x -> x * (hash(x) % 2 < 2)) == (1.0, 1.0)
@test slope(x -> significand(4x) + exponent(x) + ldexp(x, 3) + frexp(x)[1]) == (9.5, 9.5)
`),
  ).toEqual([])
})
