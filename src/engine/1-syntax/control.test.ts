/** Blocks, conditions, loops, `let`, `try`, declarations, `return`. From Julia's manual (control flow, scope of variables) and the trees of JuliaSyntax 1. */
import { describe } from 'vitest'
import { readsAs } from './syntax-table.ts'

describe('blocks', () => {
  readsAs([
    ['begin end', '(block)'],
    ['begin\na\nb\nend', '(block a b)'],
    ['begin a; b; end', '(block a b)'],
    ['begin x, y = 1, 2 end', '(block (= (tuple x y) (tuple 1 2)))'],
    ['quote x end', '(quote (block x))'],
    ['begin x end + 1', '(call-i (block x) + 1)'],
    ['let\nend', '(let (block) (block))'],
    ['let x=1, y=2; x end', '(let (block (= x 1) (= y 2)) (block x))'],
    ['let x\n y\nend', '(let (block x) (block y))'],
    ['let x::T = 1; end', '(let (block (= (::-i x T) 1)) (block))'],
    ['let f(x) = 1; f end', '(let (block (function-= (call f x) 1)) (block f))'],
    ['let x=1,\n y=2\n x\nend', '(let (block (= x 1) (= y 2)) (block x))'],
    ['let (a, b) = c; a end', '(let (block (= (tuple-p a b) c)) (block a))'],
    ['let; x end', '(let (block) (block x))'],
  ])
})

describe('conditions', () => {
  readsAs([
    ['if a end', '(if a (block))'],
    ['if a\n b\nend', '(if a (block b))'],
    ['if a b end', '(if a (block b))'],
    ['if a; b; else; c; end', '(if a (block b) (block c))'],
    ['if a\n b\nelseif c\n d\nelse\n e\nend', '(if a (block b) (elseif c (block d) (block e)))'],
    ['if a\nelseif b\nelseif c\nend', '(if a (block) (elseif b (block) (elseif c (block))))'],
    ['if a < b && c\n d end', '(if (&& (call-i a < b) c) (block d))'],
    ['if (x = f(y)) > 0; x end', '(if (call-i (parens (= x (call f y))) > 0) (block x))'],
    ['x = if a 1 else 2 end', '(= x (if a (block 1) (block 2)))'],
    ['if a[end] b end', '(if (ref a end) (block b))'],
    ['f(if a 1 else 2 end)', '(call f (if a (block 1) (block 2)))'],
    ['[if a 1 else 2 end for x in xs]', '(comprehension (generator (if a (block 1) (block 2)) (iteration (in x xs))))'],
  ])
})

describe('loops', () => {
  readsAs([
    ['while a b end', '(while a (block b))'],
    ['while i < n\n i += 1\nend', '(while (call-i i < n) (block (op= i + 1)))'],
    ['for x in xs end', '(for (iteration (in x xs)) (block))'],
    ['for i = 1:n\n f(i)\nend', '(for (iteration (in i (call-i 1 : n))) (block (call f i)))'],
    ['for x ∈ xs; y end', '(for (iteration (in x xs)) (block y))'],
    ['for i in 1:n, j in 1:m; k end', '(for (iteration (in i (call-i 1 : n)) (in j (call-i 1 : m))) (block k))'],
    ['for i = is,\n j = js\nend', '(for (iteration (in i is) (in j js)) (block))'],
    ['for (x, y) in zs end', '(for (iteration (in (tuple-p x y) zs)) (block))'],
    ['for (i, (a, b)) in zs end', '(for (iteration (in (tuple-p i (tuple-p a b)) zs)) (block))'],
    ['for outer i in xs end', '(for (iteration (in (outer i) xs)) (block))'],
    ['for outer in xs end', '(for (iteration (in outer xs)) (block))'],
    ['for outer = xs end', '(for (iteration (in outer xs)) (block))'],
    ['for x::T in xs end', '(for (iteration (in (::-i x T) xs)) (block))'],
    ['for a[1] in xs end', '(for (iteration (in (ref a 1) xs)) (block))'],
    ['for x in a => b end', '(for (iteration (in x (call-i a => b))) (block))'],
    ['for x in f(y) end', '(for (iteration (in x (call f y))) (block))'],
    ['for x in (1, 2)\nend', '(for (iteration (in x (tuple-p 1 2))) (block))'],
    ['for x in xs\n x in y\nend', '(for (iteration (in x xs)) (block (call-i x in y)))'],
    ['for x in eachcol(A) .+ 1 end', '(for (iteration (in x (dotcall-i (call eachcol A) + 1))) (block))'],
    ['break', '(break)'],
    ['a && break', '(&& a (break))'],
    ['a || continue', '(|| a (continue))'],
  ])
})

describe('exceptions', () => {
  readsAs([
    ['try x catch $e y end', '(try (block x) (catch ($ e) (block y)))'],
    ['try x catch e y end', '(try (block x) (catch e (block y)))'],
    ['try\n x\ncatch\n y\nend', '(try (block x) (catch □ (block y)))'],
    ['try x catch; y end', '(try (block x) (catch □ (block y)))'],
    ['try x finally y end', '(try (block x) (finally (block y)))'],
    ['try\n x\ncatch e\n y\nelse\n z\nfinally\n w\nend', '(try (block x) (catch e (block y)) (else (block z)) (finally (block w)))'],
    ['try x catch e; y finally z end', '(try (block x) (catch e (block y)) (finally (block z)))'],
    ['try x catch end', '(try (block x) (catch □ (block)))'],
  ])
})

describe('declarations and return', () => {
  readsAs([
    ['return', '(return)'],
    ['return x', '(return x)'],
    ['return a, b', '(return (tuple a b))'],
    ['return a ? b : c', '(return (? a b c))'],
    ['x && return', '(&& x (return))'],
    ['x || return y', '(|| x (return y))'],
    ['(return x)', '(parens (return x))'],
    ['if a return end', '(if a (block (return)))'],
    ['return -x', '(return (call-pre - x))'],
    ['const x = 1', '(const (= x 1))'],
    ['const x::T = 1', '(const (= (::-i x T) 1))'],
    ['const a, b = 1, 2', '(const (= (tuple a b) (tuple 1 2)))'],
    ['const f(x) = 1', '(const (function-= (call f x) 1))'],
    ['const global x = 1', '(const (global (= x 1)))'],
    ['global const x = 1', '(global (const (= x 1)))'],
    ['global x', '(global x)'],
    ['global x, y', '(global x y)'],
    ['global x += 1', '(global (op= x + 1))'],
    ['local x = 1', '(local (= x 1))'],
    ['local x::T, y', '(local (::-i x T) y)'],
    ['local x, y = 1, 2', '(local (= (tuple x y) (tuple 1 2)))'],
    ['local (x, y) = z', '(local (= (tuple-p x y) z))'],
  ])
})
