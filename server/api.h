// Api: what the HTTP API answers, without HTTP. doc/openapi.yaml describes every path, parameter
// and answer.
//
//   Result<std::unique_ptr<Api>> api = Api::Load(store, resources, pipeline);
//   Answer answer = (*api)->Get("/api/events", {{"party", "NOR"}}, "http://localhost:8080");
//
// Errors:  {"error": "..."} with a status: 400 for a parameter that isn't what it should be, 404,
//          409 for a review that can't be undone, 422 for an input that holds no report, 500 where
//          the chronicle failed, 503 while as many inputs are being read as may be.
// Limits:  a page has at most 5000 records, a file 50,000.
// Threads: any number may call.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "kronik/pipeline.h"
#include "kronik/resources.h"
#include "kronik/result.h"
#include "kronik/store.h"

namespace kronik {

struct Answer {
  int status = 200;
  std::string type = "application/json";
  std::string body = {};
  std::string file = {};  // the name under which a browser saves it; empty: it is shown
};

using Parameters = std::multimap<std::string, std::string>;

struct ApiOptions {
  // False: evidence sentences only, never an article's text.
  bool whole_articles = true;
};

class Api {
 public:
  // All three must outlive the Api. Errors: a data file that doesn't load.
  static Result<std::unique_ptr<Api>> Load(Store& store, const Resources& resources,
                                           const Pipeline& pipeline, ApiOptions options = {});
  ~Api();
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  // `base` is the server's own address, for the links of a feed.
  Answer Get(const std::string& path, const Parameters& parameters, const std::string& base) const;
  // Runs the pipeline over one input, and keeps nothing of it.
  Answer Read(std::string bytes, const Parameters& parameters) const;

  // Adds the review that the body describes, the one thing that is written.
  Answer Review(const std::string& body) const;

  static Answer Fail(int status, const std::string& why);

 private:
  class Impl;
  explicit Api(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kronik
