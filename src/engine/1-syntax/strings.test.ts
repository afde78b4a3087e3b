/** Strings, interpolation, triple quotes, string macros, commands. From Julia's manual (strings) and the trees of JuliaSyntax 1. */
import { describe } from 'vitest'
import { fileReadsAs, readsAs } from './syntax-table.ts'

describe('strings', () => {
  readsAs([
    ['""', '(string "")'],
    ['"a"', '(string "a")'],
    ['"a\\nb"', '(string "a\\nb")'],
    ['"a\r\nb"', '(string "a\\nb")'],
    ['"a\nb"', '(string "a\\nb")'],
    ['"a\\\n   b"', '(string "ab")'],
    ['"\\t\\"\\\\"', '(string "\\t\\"\\\\")'],
    ['"\\u2200x"', '(string "∀x")'],
    ['"\\U1F600"', '(string "😀")'],
    ['"\\xce\\xb1"', '(string "α")'],
    ['"a\\0b\\x001"', '(string "a\\0b\\x001")'],
    ['"\\x41\\102"', '(string "AB")'],
    ['"\\e[1m"', '(string "\\e[1m")'],
    ['"\\$x"', '(string "\\$x")'],
    ['"$x"', '(string x)'],
    ['"a$b c"', '(string "a" b " c")'],
    ['"$a$b"', '(string a b)'],
    ['"$(x + 1)"', '(string (parens (call-i x + 1)))'],
    ['"$(f("x"))y"', '(string (parens (call f (string "x"))) "y")'],
    ['"$("$(1)")"', '(string (parens (string (parens 1))))'],
    ['"$x.y"', '(string x ".y")'],
    ['"$x[1]"', '(string x "[1]")'],
    ['"$x!"', '(string x!)'],
    ['"a # b"', '(string "a # b")'],
    ['"it\'s"', '(string "it\'s")'],
    ['"a" * "b"', '(call-i (string "a") * (string "b"))'],
    ['f("a", "b")', '(call f (string "a") (string "b"))'],
    ['x["a"]', '(ref x (string "a"))'],
  ])
})

describe('triple quotes', () => {
  readsAs([
    ['"""a"""', '(string-s "a")'],
    ['""""""', '(string-s "")'],
    ['"""a "b" c"""', '(string-s "a \\"b\\" c")'],
    ['"""\na\nb"""', '(string-s "a\\n" "b")'],
    ['"""\n  a\n  b\n"""', '(string-s "  a\\n" "  b\\n")'],
    ['"""\n  a\n   b\n  """', '(string-s "a\\n" " b\\n")'],
    ['"""\n  a\n\n  b"""', '(string-s "a\\n" "\\n" "b")'],
    ['"""\n\ta\n\tb"""', '(string-s "a\\n" "b")'],
    ['"""\n  a $b\n  c"""', '(string-s "a " b "\\n" "c")'],
    ['"""\n  $a\n  b"""', '(string-s a "\\n" "b")'],
    ['"""a\n  b"""', '(string-s "a\\n" "b")'],
    ['"""a\\\n  b\n  c"""', '(string-s "ab\\n" "c")'],
    ['raw"""\n a\\\n b"""', '(macrocall @raw_str (string-s-r "a\\\\\\n" "b"))'],
    ['"""\n  a\\n  b"""', '(string-s "a\\n  b")'],
    ['"""a\\"""b"""', '(string-s "a\\"\\"\\"b")'],
  ])
})

describe('string macros and commands', () => {
  readsAs([
    ['raw"a\\n"', '(macrocall @raw_str (string-r "a\\\\n"))'],
    ['raw"$x"', '(macrocall @raw_str (string-r "\\$x"))'],
    ['raw"a\\"b"', '(macrocall @raw_str (string-r "a\\"b"))'],
    ['raw"a\\\\"', '(macrocall @raw_str (string-r "a\\\\"))'],
    ['r"a"i', '(macrocall @r_str (string-r "a") "i")'],
    ['x"s"2', '(macrocall @x_str (string-r "s") 2)'],
    ['x""', '(macrocall @x_str (string-r ""))'],
    ['raw"""a "b" c"""', '(macrocall @raw_str (string-s-r "a \\"b\\" c"))'],
    ['A.x"s"', '(macrocall (. A @x_str) (string-r "s"))'],
    ['big"1" + 2', '(call-i (macrocall @big_str (string-r "1")) + 2)'],
    ['v"1.10" < x', '(call-i (macrocall @v_str (string-r "1.10")) < x)'],
    ['`a b`', '(cmdstring-r "a b")'],
    ['x`a`', '(macrocall @x_cmd (cmdstring-r "a"))'],
    ['```a `b` c```', '(cmdstring-s-r "a `b` c")'],
    ['var"a b"', '(var a b)'],
    ['var"a b" = 1', '(= (var a b) 1)'],
    ['x.var"end"', '(. x (var end))'],
  ])
})

describe('docstrings', () => {
  fileReadsAs([
    ['"doc"\nf(x) = 1', '(toplevel (doc (string "doc") (function-= (call f x) 1)))'],
    ['"""\ndoc\n"""\nfunction f end', '(toplevel (doc (string-s "doc\\n") (function f)))'],
    ['raw"doc"\nx', '(toplevel (doc (macrocall @raw_str (string-r "doc")) x))'],
    ['"doc"\n\nf', '(toplevel (string "doc") f)'],
    ['"doc"; f', '(toplevel (toplevel-; (string "doc") f))'],
    ['"doc"\n# note\nf', '(toplevel (string "doc") f)'],
    ['"doc" # note\nf', '(toplevel (doc (string "doc") f))'],
    ['"doc" f', '(toplevel (doc (string "doc") f))'],
    ['begin\n"doc"\nf\nend', '(toplevel (block (doc (string "doc") f)))'],
    ['function f()\n"a"\nb\nend', '(toplevel (function (call f) (block (string "a") b)))'],
    ['"a"', '(toplevel (string "a"))'],
    ['"a" * x\ny', '(toplevel (call-i (string "a") * x) y)'],
    ['module A\n"doc"\nstruct B end\nend', '(toplevel (module A (block (doc (string "doc") (struct B (block))))))'],
    ['struct A\n"doc"\nx::Int\nend', '(toplevel (struct A (block (doc (string "doc") (::-i x Int)))))'],
    ['f() do\n"a"\nb\nend', '(toplevel (call f (do (tuple) (block (string "a") b))))'],
    ['@doc "a" f', '(toplevel (macrocall (macro_name doc) (string "a") f))'],
    ['@doc "a"\nf(x) = x', '(toplevel (macrocall (macro_name doc) (string "a") (function-= (call f x) x)))'],
  ])
})
