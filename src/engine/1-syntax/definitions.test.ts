/** Functions, macros, types, modules, imports. From Julia's manual (functions, types, modules) and the trees of JuliaSyntax 1. */
import { describe } from 'vitest'
import { readsAs } from './syntax-table.ts'

describe('functions', () => {
  readsAs([
    ['function f end', '(function f)'],
    ['function A.f end', '(function (. A f))'],
    ['function f() end', '(function (call f) (block))'],
    ['function f(x) x end', '(function (call f x) (block x))'],
    ['function f(x)\n return x\nend', '(function (call f x) (block (return x)))'],
    ['function f(x)::T\n x\nend', '(function (::-i (call f x) T) (block x))'],
    ['function f(x) where {T}\nend', '(function (where (call f x) (braces T)) (block))'],
    ['function f(x::T)::S where T\nend', '(function (where (::-i (call f (::-i x T)) S) T) (block))'],
    ['function f(x::T) where T <: Real\n x\nend', '(function (where (call f (::-i x T)) (<:-i T Real)) (block x))'],
    ['function f(x, y=1, z...; k, l=2, kw...)\nend', '(function (call f x (= y 1) (... z) (parameters k (= l 2) (... kw))) (block))'],
    ['function f((a, b), c)\nend', '(function (call f (tuple-p a b) c) (block))'],
    ['function (x)\nend', '(function (tuple-p x) (block))'],
    ['function (x, y) x end', '(function (tuple-p x y) (block x))'],
    ['function (x; k) end', '(function (tuple-p x (parameters k)) (block))'],
    ['function (x)::T\n x end', '(function (::-i (tuple-p x) T) (block x))'],
    ['function (x::T) where T\n x end', '(function (where (tuple-p (::-i x T)) T) (block x))'],
    ['function ()\n x end', '(function (tuple-p) (block x))'],
    ['function (f::F)(x)\nend', '(function (call (parens (::-i f F)) x) (block))'],
    ['function (::T)(x) end', '(function (call (parens (::-pre T)) x) (block))'],
    ['function (f::F{T})(x) where T\nend', '(function (where (call (parens (::-i f (curly F T))) x) T) (block))'],
    ['function Base.f(x) end', '(function (call (. Base f) x) (block))'],
    ['function Base.:+(a, b) end', '(function (call (. Base (quote-: +)) a b) (block))'],
    ['function +(a, b)\nend', '(function (call + a b) (block))'],
    ['function -(a)\nend', '(function (call - a) (block))'],
    ['function (+)(a, b) end', '(function (call (parens +) a b) (block))'],
    ['function F{T}(x) where T end', '(function (where (call (curly F T) x) T) (block))'],
    ['function $f(x) end', '(function (call ($ f) x) (block))'],
    ['x = function (y) y end', '(= x (function (tuple-p y) (block y)))'],
    ['map(function (y) y end, ys)', '(call map (function (tuple-p y) (block y)) ys)'],
    ['Base.:(==)(a::A, b::A) = true', '(function-= (call (. Base (quote-: (parens ==))) (::-i a A) (::-i b A)) true)'],
    ['Base.getindex(a::A, i) = i', '(function-= (call (. Base getindex) (::-i a A) i) i)'],
    ['macro m(x)\n x\nend', '(macro (call m x) (block x))'],
    ['macro m end', '(macro m)'],
  ])
})

describe('types', () => {
  readsAs([
    ['struct A end', '(struct A (block))'],
    ['struct A <: B end', '(struct (<:-i A B) (block))'],
    ['struct A{T<:Real} <: B{T}\n x::T\n y\nend', '(struct (<:-i (curly A (<:-i T Real)) (curly B T)) (block (::-i x T) y))'],
    ['mutable struct A\n x::Int\nend', '(struct-mut A (block (::-i x Int)))'],
    ['mutable struct A\n const x::Int\n y\nend', '(struct-mut A (block (const (::-i x Int)) y))'],
    ['struct A\n x\n A(x) = new(x)\nend', '(struct A (block x (function-= (call A x) (call new x))))'],
    ['struct A\n x\n function A(y)\n new(y)\n end\nend', '(struct A (block x (function (call A y) (block (call new y)))))'],
    ['struct A; x; y; end', '(struct A (block x y))'],
    ['abstract type A end', '(abstract A)'],
    ['abstract type A{T} <: B end', '(abstract (<:-i (curly A T) B))'],
    ['primitive type A 32 end', '(primitive A 32)'],
    ['primitive type A <: B 8 end', '(primitive (<:-i A B) 8)'],
    ['Base.@kwdef struct A\n x = 1\nend', '(macrocall (. Base (macro_name kwdef)) (struct A (block (= x 1))))'],
  ])
})

describe('modules and imports', () => {
  readsAs([
    ['module A\nend', '(module A (block))'],
    ['module A\nx\ny\nend', '(module A (block x y))'],
    ['baremodule A end', '(module-bare A (block))'],
    ['export a, b', '(export a b)'],
    ['export a,\n b', '(export a b)'],
    ['export @a, +', '(export (macro_name a) +)'],
    ['public a, b', '(public a b)'],
    ['import A', '(import (importpath A))'],
    ['import A, B', '(import (importpath A) (importpath B))'],
    ['import A.B.C', '(import (importpath A B C))'],
    ['import A: x, y', '(import (: (importpath A) (importpath x) (importpath y)))'],
    ['import A:\n x,\n y', '(import (: (importpath A) (importpath x) (importpath y)))'],
    ['import A as B', '(import (as (importpath A) B))'],
    ['import A.B as C, D', '(import (as (importpath A B) C) (importpath D))'],
    ['using A: x as y, z', '(using (: (importpath A) (as (importpath x) y) (importpath z)))'],
    ['using .A', '(using (importpath . A))'],
    ['using ..A', '(using (importpath . . A))'],
    ['import ...A', '(import (importpath . . . A))'],
    ['import ....A', '(import (importpath . . . . A))'],
    ['import . A', '(import (importpath . A))'],
    ['import A: +, -', '(import (: (importpath A) (importpath +) (importpath -)))'],
    ['import Base: ==, *, show', '(import (: (importpath Base) (importpath ==) (importpath *) (importpath show)))'],
    ['import Base: (==)', '(import (: (importpath Base) (importpath (parens ==))))'],
    ['import Base.+', '(import (importpath Base +))'],
    ['import Base.==', '(import (importpath Base ==))'],
    ['import Base.:+', '(import (importpath Base (quote-: +)))'],
    ['import A.@m', '(import (importpath A (macro_name m)))'],
    ['import A: @m', '(import (: (importpath A) (importpath (macro_name m))))'],
    ['using LinearAlgebra', '(using (importpath LinearAlgebra))'],
    ['using A.B: c', '(using (: (importpath A B) (importpath c)))'],
  ])
})
