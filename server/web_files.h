// The files of web/, taken into the program.
#pragma once

#include <string_view>

namespace kronik {

extern const std::string_view kIndexHtml;
extern const std::string_view kAppJs;
extern const std::string_view kStyleCss;

}  // namespace kronik
