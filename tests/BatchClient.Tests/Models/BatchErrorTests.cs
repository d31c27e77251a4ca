namespace BatchGateway.Tests.Models;

public sealed class BatchErrorTests
{
    [TestCase("url_mismatch", "Wrong url.", 3L, "line 3: url_mismatch: Wrong url.")]
    [TestCase("url_mismatch", "Wrong url.", null, "url_mismatch: Wrong url.")]
    [TestCase("url_mismatch", null, null, "url_mismatch")]
    [TestCase(null, "Wrong url.", null, "Wrong url.")]
    public void ToString_WhatIsKnown_IsSaidOnce(string? code, string? message, long? line, string text) =>
        Assert.That(new BatchError { Code = new BatchErrorCode(code), Message = message, Line = line }.ToString(), Is.EqualTo(text));
}
