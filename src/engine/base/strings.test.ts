/** Base's strings against what Julia gives. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession()

describe('searching and cutting', () => {
  shows(
    () => session,
    String.raw`
    split("a,b,,c", ','; keepempty=false), split("a,b,c", ","; limit=2) => (SubString{String}["a", "b", "c"], SubString{String}["a", "b,c"])
    split("abc", ""), split("a1b2c", isdigit), split("a b,c", [' ', ',']) => (SubString{String}["a", "b", "c"], SubString{String}["a", "b", "c"], SubString{String}["a", "b", "c"])
    rsplit("a,b,c", ","; limit=2), collect(eachsplit("a b  c")) => (SubString{String}["a,b", "c"], SubString{String}["a", "b", "c"])
    strip("xxaxx", 'x'), lstrip("00012", '0'), strip(isdigit, "1a2") => ("a", "12", "a")
    chopprefix("∀βa", r"∀"), chopsuffix("ab12", r"\d+"), collect(eachrsplit("a.b.c", '.'; limit=2)), reverseind("abc", 1) => ("βa", "ab", SubString{String}["c", "a.b"], 3)
    iterate("αβ"), iterate("αβ", 3), iterate("a", 2), codeunit("a") => (('α', 3), ('β', 5), nothing, UInt8)
    "a"^-1 => !ArgumentError: can't repeat a string -1 times
    findfirst("", "abc"), findlast("", "abc"), findprev(isdigit, "1a", 2) => (1:0, 4:3, 1)
    textwidth("日本"), textwidth("e\u0301"), textwidth("😀é"), lpad("日", 4), rpad("日本", 5, '-'), lpad("a", 4, "日") => (4, 1, 3, "  日", "日本-", "日日a")
    Base.isidentifier("a1!"), Base.isidentifier("1a"), Meta.isidentifier(:β), Base.isidentifier("") => (true, false, true, false)
    chopprefix("abc", "a"), chopsuffix("abc", "c"), chopprefix("abc", "x") => ("bc", "ab", "abc")
    join(["a", "b", "c"], ", ", " and "), join(x^2 for x in 1:3 if x > 1), join(Int[], ",") => ("a, b and c", "49", "")
    findlast('b', "abcb"), findnext('b', "abcb", 3), findall('a', "banana") => (4, 4, [2, 4, 6])
    findfirst("na", "banana"), findlast("na", "banana"), findprev('a', "banana", 5) => (3:4, 5:6, 4)
    count("an", "banana"), findall(==('a'), "banana"), findfirst("x", "abc") => (2, [2, 4, 6], nothing)
    findfirst('é', "aé"), findfirst("b", "éb") => (2, 3:3)
    length(replace("aaa", "a" => "b"; count=2)), filter(isletter, "a1b"), map(uppercase, "ab") => (3, "ab", "AB")
    startswith("abc", ('a', 'b')), endswith("abc", "bc"), contains("b")("abc") => (true, true, true)
    "abc"[[1, 3]], titlecase("hello big world") => ("ac", "Hello Big World")
    lpad("a", 4, "xy"), rpad("a", 4, "xy"), lpad("abcd", 2) => ("xyxa", "axyx", "abcd")
    escape_string("a\nb"), unescape_string("a\\nb") == "a\nb" => ("a\\nb", true)
    escape_string("a\"\\\0001é\e\x01f"), escape_string("a'b", "'") => ("a\\\"\\\\\\x001é\\e\\x01f", "a\\'b")
    unescape_string("\\x41\\u00e9\\n\\101") => "Aé\nA"
    sprint(io -> dump(io, (a=1, b=[:x]))) => "@NamedTuple{a::Int64, b::Vector{Symbol}}\n  a: Int64 1\n  b: Array{Symbol}((1,))\n    1: Symbol x\n"
    codeunits("aé"), String(UInt8[97, 195, 169]), bytes2hex(UInt8[1, 255]) => (UInt8[0x61, 0xc3, 0xa9], "aé", "01ff")
    parse(Int, "x1") => !ArgumentError: invalid base 10 digit 'x' in "x1"
    string(v"1.2", "!"), repr(v"1.2"), join([v"1.0"]), pkgversion(Base) => ("1.2.0!", "v\"1.2.0\"", "1.0.0", nothing)
    "abc"[0] => !BoundsError: attempt to access 3-codeunit String at index [0]
    "x" in "xyz" => !use occursin(needle, haystack) for string containment
    map(c -> "x", "abc") => !ArgumentError: map(f, s::AbstractString) requires f to return AbstractChar
    count("aa", "aaa"; overlap=true), nextind("αβγ", 1, 2), prevind("abc", 3, 2), get("abc", 9, 'z') => (2, 5, 1, 'z')
    titlecase('a'), 'a'[1], isvalid(Char, 0xd800), parse(Bool, "1"), ismissing(missing * "a") => ('A', 'a', false, true, true)
    match(r"(?i)ABC", "xabc").match, replace("aXb", r"(?i)x" => "-"), repr(r"a\"b"i) => ("abc", "a-b", "r\"a\\\"b\"i")
    parse(Int, " ") => !ArgumentError: input string is empty or only contains whitespace
    parse.(Int, split("1 2 -3")) => [1, 2, -3]
    `,
  )
})

describe('parts of strings', () => {
  shows(
    () => session,
    String.raw`
    typeof(split("a b")), typeof(strip(" a")), typeof(chop("ab")), typeof(chomp("a\r\n")) => (Vector{SubString{String}}, SubString{String}, SubString{String}, SubString{String})
    typeof(SubString("hello", 2, 4)), SubString("hello", 2:3), typeof(@view "hello"[2:3]), typeof(split("ab c")[1][1:1]) => (SubString{String}, "el", SubString{String}, SubString{String})
    typeof("hello"[2:3]), typeof(first("hello", 2)), typeof(uppercase(strip("a"))), typeof(strip("a") * "b") => (String, String, String, String)
    (f = (x -> x isa String ? 1 : x isa SubString ? 2 : 3); (f("a"), f(split("a b")[1]))) => (1, 2)
    match(r"(a)(x)?", "ab").captures => Union{Nothing, SubString{String}}["a", nothing]
    typeof(match(r"a", "a").match), replace("abc", r"[ab]" => x -> string(typeof(x))) => (SubString{String}, "SubString{String}SubString{String}c")
    strip("a ") == "a", isequal(strip("a "), "a"), strip("a ") === "a", hash(strip("a ")) == hash("a"), Dict("a" => 1)[strip(" a")] => (true, true, false, true, 1)
    [strip("a"), "b"], convert(String, strip("a")), typeof(String(strip("a"))), promote_type(String, SubString{String}) => (["a", "b"], "a", String, String)
    typejoin(String, SubString{String}), SubString{String} <: AbstractString, Set(split("a b a")) => (AbstractString, true, Set(SubString{String}["a", "b"]))
    typeof(Dict(split.(["a=1", "b=2"], "="))) => Dict{SubString{String}, SubString{String}}
    strip("abc")[9] => !BoundsError: attempt to access 3-codeunit SubString{String} at index [9]
    parse(ComplexF64, "1.5 - 2.5im"), parse(Complex{Int}, "3im"), parse(ComplexF64, "1e-3+1e2im"), tryparse(ComplexF64, "x") => (1.5 - 2.5im, 0 + 3im, 0.001 + 100.0im, nothing)
    hash(1) isa UInt64, hash(1) == hash(1.0), hash("a", UInt(3)) isa UInt, hash([1, 2]) == hash(1:2) => (true, true, true, true)
    parse(Int, strip(" 12 ")), parse(Float64, split("1.5,2", ",")[1]), Symbol(strip("a")), "<" * strip("a") * ">" => (12, 1.5, :a, "<a>")
    `,
  )
})

describe('replacing', () => {
  shows(
    () => session,
    `
    replace("abc", "a" => "b", "b" => "a") => "bac"
    occursin(r"b")("abc"), r"x"^2 == r"(?:x){2}", match(r"ab"^2, "ababx").match => (true, true, "abab")
    replace("ab", "" => "^"), replace("", "" => "x"), replace("aabb", r"a" => "", r"b" => "c") => ("^a^b^", "x", "cc")
    replace("aaa", "a" => "b"; count=2) => "bba"
    replace("abc", isletter => uppercase) => "ABC"
    replace("a.b", '.' => "") => "ab"
    `,
  )
})

describe('text in memory', () => {
  shows(
    () => session,
    String.raw`
    (io = IOBuffer("one two\nthree\r\nfour"); (readline(io), position(io), readline(io), read(io, Char), peek(io, Char), read(io, String), eof(io), readlines(seekstart(io)))) => ("one two", 8, "three", 'f', 'o', "our", true, ["one two", "three", "four"])
    (io = IOBuffer(); write(io, "héllo"); print(io, 3); seekstart(io); (readuntil(io, 'l'), position(io), String(take!(io)))) => ("hé", 4, "héllo3")
    (io = IOBuffer(); print(io, "abc"); seek(io, 1); print(io, "X"); String(take!(io))) => "aXc"
    [length(line) for line in eachline(IOBuffer("a\nbb\n"))], collect(eachline(IOBuffer("a\nb"); keep=true)), countlines(IOBuffer("a\nb")) => ([1, 2], ["a\n", "b"], 2)
    (io = IOBuffer(); (write(io, "a", 'b', 0x43, "é"), write(io, UInt8[68, 69]), write(io, Int32(0x46)), String(take!(io)))) => (5, 2, 4, "abCéDEF\0\0\0")
    write(IOBuffer(), 200) => !Writing bytes that are no text is outside the supported subset
    write(IOBuffer(), 3.0) => !Writing the bytes of a 
    (io = IOBuffer(); (write(io, codeunits("hé→😀")), String(take!(io)))) => (10, "hé→😀")
    [isvalid(String, bytes) for bytes in [[0x41], [0xc3, 0xa9], [0xc3], [0x80], [0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf0, 0x9f, 0x98, 0x80]]] => Bool[1, 1, 0, 0, 0, 0, 0, 0, 1]
    ((a, b...) = "héllo"; (a, b)), ((_, c...) = "x"; c) => (('h', "éllo"), "")
    (b = UInt8[97]; c = UInt8[97]; (String(b), String(view(c, 1:1)), read(IOBuffer(c), String), length(b), length(c))) => ("a", "a", "a", 0, 1)
    String(UInt8[0xff]) => !A text of bytes that are not UTF-8 is outside the supported subset
    String([0x61, 0xe2, 0x82]) => !A text of bytes that are not UTF-8 is outside the supported subset
    write(IOBuffer(), big(70)) => !Writing the bytes of a 
    write(IOBuffer(), nothing) => !MethodError
    write(IOBuffer(), "a", nothing) => !MethodError
    read(IOBuffer(""), Char) => !EOFError
    joinpath("a", "b", "c.csv"), joinpath("a/", "/b"), splitdir("/a/b/"), splitdir("/a"), basename("x/y.jl"), dirname("x/y.jl") => ("a/b/c.csv", "/b", ("/a/b", ""), ("/", "a"), "y.jl", "x")
    splitext("a/b.tar.gz"), splitext(".bashrc"), splitext("a.b/c") => (("a/b.tar", ".gz"), (".bashrc", ""), ("a.b/c", ""))
    readlines("data.csv") => !The file system (` +
      '`readlines`' +
      `) is outside the supported subset
    `,
  )
})

describe('all of Unicode', () => {
  shows(
    () => session,
    `
    uppercase("straße αβγ я"), lowercase("ÀÉ ΑΒΓ Я"), uppercase('ÿ') => ("STRAßE ΑΒΓ Я", "àé αβγ я", 'Ÿ')
    isletter('→'), isletter('я'), isuppercase('Ω'), islowercase('ω'), isnumeric('½'), ispunct('«') => (false, true, true, true, true, true)
    sprint(showerror, StringIndexError("añb", 3)) => "StringIndexError: invalid index [3], valid nearby indices [2]=>'ñ', [4]=>'b'"
    sprint(showerror, StringIndexError("añ", 3)) => "StringIndexError: invalid index [3], valid nearby index [2]=>'ñ'"
    typeof(zip(1:2, 3:4)), typeof(enumerate([1])) => (Base.Iterators.Zip{Tuple{UnitRange{Int64}, UnitRange{Int64}}}, Base.Iterators.Enumerate{Vector{Int64}})
    try convert(Int, "a") catch e; first(split(sprint(showerror, e), "\\n")) end => "MethodError: Cannot \`convert\` an object of type String to an object of type Int64"
  `,
  )
})
