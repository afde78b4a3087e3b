/** Square brackets and braces: vectors, matrices, n-dimensional literals, comprehensions. From Julia's manual (arrays) and the trees of JuliaSyntax 1. */
import { describe } from 'vitest'
import { readsAs } from './syntax-table.ts'

describe('vectors', () => {
  readsAs([
    ['[]', '(vect)'],
    ['[1]', '(vect 1)'],
    ['[1, 2]', '(vect 1 2)'],
    ['[1, 2,]', '(vect-, 1 2)'],
    ['[\n1,\n2\n]', '(vect 1 2)'],
    ['[1\n, 2]', '(vect 1 2)'],
    ['[1\n]', '(vect 1)'],
    ['[a, b; c]', '(vect a b (parameters c))'],
    ['[a, b...]', '(vect a (... b))'],
    ['[a...]', '(vect (... a))'],
    ['[a ? b : c]', '(vect (? a b c))'],
    ['[1 - 2]', '(vect (call-i 1 - 2))'],
    ['[a- b]', '(vect (call-i a - b))'],
    ['[a-b]', '(vect (call-i a - b))'],
    ['[a .+ b]', '(vect (dotcall-i a + b))'],
    ['[x -> y]', '(vect (-> (tuple x) y))'],
    ['[1:3;]', '(vcat (call-i 1 : 3))'],
    ['[:a, :b]', '(vect (quote-: a) (quote-: b))'],
    ['[a => 1, b => 2]', '(vect (call-i a => 1) (call-i b => 2))'],
    ['[(1, 2), (3, 4)]', '(vect (tuple-p 1 2) (tuple-p 3 4))'],
    ['[[1, 2], [3]]', '(vect (vect 1 2) (vect 3))'],
    ['[f(a, b) for_]', '(hcat (call f a b) for_)'],
  ])
})

describe('matrices', () => {
  readsAs([
    ['[1 2]', '(hcat 1 2)'],
    ['[ 1 2 ]', '(hcat 1 2)'],
    ['[1 2\n]', '(hcat 1 2)'],
    ['[1; 2]', '(vcat 1 2)'],
    ['[1;]', '(vcat 1)'],
    ['[1;\n2]', '(vcat 1 2)'],
    ['[1\n2]', '(vcat 1 2)'],
    ['[1\n\n2\n]', '(vcat 1 2)'],
    ['[1 2; 3 4]', '(vcat (row 1 2) (row 3 4))'],
    ['[1 2\n3 4]', '(vcat (row 1 2) (row 3 4))'],
    ['[1 2;\n 3 4;\n]', '(vcat (row 1 2) (row 3 4))'],
    ['[1 2 # one\n 3 4]', '(vcat (row 1 2) (row 3 4))'],
    ['[a; b c]', '(vcat a (row b c))'],
    ['[1 -2]', '(hcat 1 -2)'],
    ['[1 - 2 3]', '(hcat (call-i 1 - 2) 3)'],
    ['[a -b c]', '(hcat a (call-pre - b) c)'],
    ['[a -b -c]', '(hcat a (call-pre - b) (call-pre - c))'],
    ['[a +b]', '(hcat a (call-pre + b))'],
    ['[a .+b]', '(hcat a (dotcall-pre + b))'],
    ['[a ~b]', '(hcat a (call-pre ~ b))'],
    ['[a !b]', '(hcat a (call-pre ! b))'],
    ['[a &b]', '(hcat a (& b))'],
    ['[a *b]', '(vect (call-i a * b))'],
    ['[a .*b]', '(vect (dotcall-i a * b))'],
    ['[a <b]', '(vect (call-i a < b))'],
    ['[a+b c]', '(hcat (call-i a + b) c)'],
    ['[a + b c]', '(hcat (call-i a + b) c)'],
    ['[a :b]', '(hcat a (quote-: b))'],
    ['[a : b]', '(vect (call-i a : b))'],
    ['[a:b c:d]', '(hcat (call-i a : b) (call-i c : d))'],
    ["[a b']", "(hcat a (call-post b '))"],
    ["[a' b']", "(hcat (call-post a ') (call-post b '))"],
    ["[a 'b']", "(hcat a (char 'b'))"],
    ["[1 2]'", "(call-post (hcat 1 2) ')"],
    ['[f (x)]', '(hcat f (parens x))'],
    ['[f(x) g(y)]', '(hcat (call f x) (call g y))'],
    ['[a [1]]', '(hcat a (vect 1))'],
    ['[a[1] b[2]]', '(hcat (ref a 1) (ref b 2))'],
    ['[x {y}]', '(hcat x (braces y))'],
    ['["a" "b"]', '(hcat (string "a") (string "b"))'],
    ['[f(a -b) c]', '(hcat (call f (call-i a - b)) c)'],
    ['[(a -b) c]', '(hcat (parens (call-i a - b)) c)'],
    ['[2x 3y]', '(hcat (juxtapose 2 x) (juxtapose 3 y))'],
    ['[a ? b : c d]', '(hcat (? a b c) d)'],
    ['[a && b c]', '(hcat (&& a b) c)'],
    ['[x.y z]', '(hcat (. x y) z)'],
    ['[f.(x) y]', '(hcat (dotcall f x) y)'],
    ['[1 2][1, 1]', '(ref (hcat 1 2) 1 1)'],
    ['[xs... ys...]', '(hcat (... xs) (... ys))'],
    ['[a b\nc d]', '(vcat (row a b) (row c d))'],
  ])
})

describe('higher dimensions', () => {
  readsAs([
    ['[;]', '(ncat-1)'],
    ['[;;]', '(ncat-2)'],
    ['[1;;]', '(ncat-2 1)'],
    ['[1;;2]', '(ncat-2 1 2)'],
    ['[a;;; b]', '(ncat-3 a b)'],
    ['[1 2;;; 3 4]', '(ncat-3 (row 1 2) (row 3 4))'],
    ['[1;2;;3;4]', '(ncat-2 (nrow-1 1 2) (nrow-1 3 4))'],
    ['[1 2; 3 4;;; 5 6; 7 8]', '(ncat-3 (nrow-1 (row 1 2) (row 3 4)) (nrow-1 (row 5 6) (row 7 8)))'],
    ['[1;2;;3;4;;;5;6;;7;8]', '(ncat-3 (nrow-2 (nrow-1 1 2) (nrow-1 3 4)) (nrow-2 (nrow-1 5 6) (nrow-1 7 8)))'],
    ['[1 2\n3 4;;;\n5 6\n7 8]', '(ncat-3 (nrow-1 (row 1 2) (row 3 4)) (nrow-1 (row 5 6) (row 7 8)))'],
    ['[x y;;;]', '(ncat-3 (row x y))'],
  ])
})

describe('typed arrays', () => {
  readsAs([
    ['T[]', '(ref T)'],
    ['T[1, 2]', '(ref T 1 2)'],
    ['T[1 2]', '(typed_hcat T 1 2)'],
    ['T[1; 2]', '(typed_vcat T 1 2)'],
    ['T[1 2; 3 4]', '(typed_vcat T (row 1 2) (row 3 4))'],
    ['T[a;; b]', '(typed_ncat-2 T a b)'],
    ['T[x for x in xs]', '(typed_comprehension T (generator x (iteration (in x xs))))'],
    ['Vector{T}[[1], [2]]', '(ref (curly Vector T) (vect 1) (vect 2))'],
    ['Float64[1 -2]', '(typed_hcat Float64 1 -2)'],
  ])
})

describe('comprehensions', () => {
  readsAs([
    ['[x for x in xs]', '(comprehension (generator x (iteration (in x xs))))'],
    ['[x for x = 1:3]', '(comprehension (generator x (iteration (in x (call-i 1 : 3)))))'],
    ['[x for x ∈ xs if p]', '(comprehension (generator x (filter (iteration (in x xs)) p)))'],
    ['[x + y for x in xs, y in ys]', '(comprehension (generator (call-i x + y) (iteration (in x xs) (in y ys))))'],
    ['[x for x in xs for y in x]', '(comprehension (generator x (iteration (in x xs)) (iteration (in y x))))'],
    [
      '[x for x in xs if a for y in x if b]',
      '(comprehension (generator x (filter (iteration (in x xs)) a) (filter (iteration (in y x)) b)))',
    ],
    ['[(x, y) for (x, y) in z]', '(comprehension (generator (tuple-p x y) (iteration (in (tuple-p x y) z))))'],
    ['[x => y for (x, y) in z]', '(comprehension (generator (call-i x => y) (iteration (in (tuple-p x y) z))))'],
    ['[x\nfor x in xs\nif p]', '(comprehension (generator x (filter (iteration (in x xs)) p)))'],
    ['[f(x) for x in xs]', '(comprehension (generator (call f x) (iteration (in x xs))))'],
    [
      '[i == j ? 1 : 0 for i in 1:n, j in 1:n]',
      '(comprehension (generator (? (call-i i == j) 1 0) (iteration (in i (call-i 1 : n)) (in j (call-i 1 : n)))))',
    ],
    ['sum(x^2 for x in xs if x > 0)', '(call sum (generator (call-i x ^ 2) (filter (iteration (in x xs)) (call-i x > 0))))'],
    ['Dict(k => v for (k, v) in d)', '(call Dict (generator (call-i k => v) (iteration (in (tuple-p k v) d))))'],
    [
      '[[y for y in x] for x in xs]',
      '(comprehension (generator (comprehension (generator y (iteration (in y x)))) (iteration (in x xs))))',
    ],
    ['[x for x in a -b]', '(comprehension (generator x (iteration (in x (call-i a - b)))))'],
    ['((x, y) for x in a, y in b)', '(parens (generator (tuple-p x y) (iteration (in x a) (in y b))))'],
  ])
})

describe('braces', () => {
  readsAs([
    ['{a, b}', '(braces a b)'],
    ['{a, b,}', '(braces-, a b)'],
    ['{}', '(braces)'],
    ['{a b}', '(bracescat (row a b))'],
    ['{a; b}', '(bracescat a b)'],
  ])
})
