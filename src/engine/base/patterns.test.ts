/** Regular expressions as Julia reads them, byte strings, and bits seen as another type. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using Enzyme
email = r"^[\\w.]+@(\\w+)\\.com$"
`)

describe('patterns', () => {
  shows(
    () => session,
    `
    occursin(r"a+b", "caab") => true
    match(r"(\\d+)-(\\w+)", "12-ab") => RegexMatch("12-ab", 1="12", 2="ab")
    match(r"(\\d+)-(\\w+)", "12-ab").captures => Union{Nothing, SubString{String}}["12", "ab"]
    match(r"(?<a>\\d+)", "x12")["a"] => "12"
    match(r"(?<a>\\d+)", "x12") => RegexMatch("12", a="12")
    match(r"(a)|(b)", "b") => RegexMatch("b", 1=nothing, 2="b")
    match(r"zz", "b") => nothing
    match(r"b", "αb").offset => 3
    replace("hello world", r"o" => "0") => "hell0 w0rld"
    replace("hello", r"l+" => s"<\\0>") => "he<ll>o"
    replace("hello", r"(l)(l)" => s"\\2-\\1") => "hel-lo"
    replace("abc", r"[a-c]" => uppercase) => "ABC"
    replace("first second", r"(?<a>\\w+) (?<b>\\w+)" => s"\\g<b> \\g<a>") => "second first"
    replace("aaa", r"a" => "b"; count=2) => "bba"
    replace("a1b2", r"\\d" => "", "a" => "x") => "xb"
    [m.match for m in eachmatch(r"\\d+", "1 22 333")] => SubString{String}["1", "22", "333"]
    split("a1b22c", r"\\d+") => SubString{String}["a", "b", "c"]
    findfirst(r"o.", "foobar") => 2:3
    findall(r"a", "banana") => UnitRange{Int64}[2:2, 4:4, 6:6]
    count(r"a", "banana") => 3
    startswith("abc", r"a.") => true
    endswith("abc", r"b.") => true
    r"a"i => r"a"i
    occursin(r"ABC"i, "xabc") => true
    match(email, "joe@site.com")[1] => "site"
    match(r"\\bfoo\\b", "a foo b").match => "foo"
    occursin(r"^b"m, "a\\nb") => true
    occursin(r"^b", "a\\nb") => false
    occursin(r"a.b"s, "a\\nb") => true
    occursin(r"a.b", "a\\nb") => false
    occursin(r"[[:alpha:]]+", "12") => false
    match(r"x{2}", "axxx").match => "xx"
    match(r"(?:a|b)+?", "ab").match => "a"
    match(r"a++", "aa") => !In a regular expression, a possessive quantifier is outside the supported subset.
    match(r"(?>a)", "aa") => !In a regular expression, \`(?>\` is outside
    Regex("(a") => !PCRE compilation error
    Regex("a.c") => r"a.c"
    length(match(r"(a)(b)", "ab").captures) => 2
    let (x, y) = match(r"(\\d)(\\d)", "12").captures; parse(Int, x) + parse(Int, y); end => 3
    let m = match(r"(\\d+)", "a12"); m !== nothing ? parse(Int, m[1]) : 0; end => 12
    [parse(Float64, m.match) for m in eachmatch(r"-?\\d+\\.?\\d*", "1.5 -2 x3")] => [1.5, -2.0, 3.0]
  `,
  )
})

describe('bytes and bits', () => {
  shows(
    () => session,
    `
    b"abc" => UInt8[0x61, 0x62, 0x63]
    b"\\x01a" => UInt8[0x01, 0x61]
    reinterpret(UInt64, 1.0) => 0x3ff0000000000000
    reinterpret(UInt64, -0.1) => 0xbfb999999999999a
    reinterpret(Float64, 0x3ff0000000000000) => 1.0
    reinterpret(Float64, reinterpret(UInt64, 5e-324)) => 5.0e-324
    reinterpret(Float64, reinterpret(UInt64, -1.7976931348623157e308)) => -1.7976931348623157e308
    reinterpret(Float64, reinterpret(UInt64, 2.5e-310)) => 2.5e-310
    reinterpret(UInt64, Inf) => 0x7ff0000000000000
    reinterpret(UInt64, -0.0) => 0x8000000000000000
    reinterpret(UInt32, 1f0) => 0x3f800000
    reinterpret(Float32, 0x3f800001) => 1.0000001f0
    reinterpret(Float32, reinterpret(UInt32, 1f-42)) => 1.0f-42
    reinterpret(Int32, 0xffffffff) => -1
    reinterpret(Int64, 2.0) => !OverflowError
    reinterpret(Float64, [1.0+2im, 3im]) => [1.0, 2.0, 0.0, 3.0]
    reinterpret(ComplexF64, [1.0,2,3,4]) => ComplexF64[1.0 + 2.0im, 3.0 + 4.0im]
    let z = [1.0+2im]; r = reinterpret(Float64, z); r[2] = 5; z; end => ComplexF64[1.0 + 5.0im]
    let x = zeros(4); r = reshape(reinterpret(ComplexF64, x), 1, 2); r[2] = 3; (x, r); end => ([0.0, 0.0, 3.0, 0.0], ComplexF64[0.0 + 0.0im 3.0 + 0.0im])
    (typeof(reshape(view([1, 2, 3], 2:3), 2)), reshape(view([1, 2, 3], 2:3), :) isa SubArray) => (SubArray{Int64, 1, Vector{Int64}, Tuple{UnitRange{Int64}}, true}, true)
    collect(reinterpret(UInt64, [1.0])) => UInt64[0x3ff0000000000000]
    reinterpret(Int8, UInt8[255]) => Int8[-1]
    reinterpret(UInt8, 1.0) => !MethodError
    gradient(Reverse, v -> abs2(reinterpret(ComplexF64, v)[1]), [3.0, 4.0]) => ([6.0, 8.0],)
    sum(reinterpret(Float64, [1.0+2im 3im; 1 2])) => 9.0
    size(reinterpret(Float64, zeros(ComplexF64, 2, 3))) => (4, 3)
  `,
  )
})
